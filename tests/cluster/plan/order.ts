import type { PlannedResource } from "../../../tools/plan/index";

/**
 * Resources in an order in which the engine can create them: after their parent, their provider and their dependencies.
 * A dependency on a component is a dependency on all its descendants. Independent resources keep their input order.
 *
 * @throws Error when dependencies form a cycle.
 */
export function inDependencyOrder(resources: readonly PlannedResource[]): PlannedResource[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const children = new Map<string, PlannedResource[]>();
    for (const resource of resources) {
        const siblings = children.get(resource.parent ?? "") ?? [];
        siblings.push(resource);
        children.set(resource.parent ?? "", siblings);
    }
    const ordered: PlannedResource[] = [];
    const state = new Map<string, "open" | "done">();

    const visit = (resource: PlannedResource, path: readonly string[]): void => {
        if (state.get(resource.urn) === "done") {
            return;
        }
        const here = [...path, resource.name];
        if (state.get(resource.urn) === "open") {
            throw new Error(`Resources depend on each other: ${here.join(" -> ")}`);
        }
        state.set(resource.urn, "open");
        for (const urn of dependenciesOf(resource)) {
            const other = byUrn.get(urn);
            if (other !== undefined) {
                visit(other, here);
                visitBelow(other, resource, here);
            }
        }
        state.set(resource.urn, "done");
        ordered.push(resource);
    };
    const visitBelow = (component: PlannedResource, dependent: PlannedResource, path: readonly string[]): void => {
        // A child does not depend on its siblings through its parent.
        if (component.custom || isBelow(dependent, component, byUrn)) {
            return;
        }
        for (const child of children.get(component.urn) ?? []) {
            visit(child, path);
            visitBelow(child, dependent, path);
        }
    };
    resources.forEach((resource) => {
        visit(resource, []);
    });
    return ordered;
}

function dependenciesOf({ parent, provider, options }: PlannedResource): string[] {
    return [parent, provider, ...(options.dependsOn ?? [])].filter((urn) => urn !== undefined);
}

function isBelow(
    resource: PlannedResource,
    component: PlannedResource,
    byUrn: ReadonlyMap<string, PlannedResource>,
): boolean {
    for (let at: PlannedResource | undefined = resource; at !== undefined; at = byUrn.get(at.parent ?? "")) {
        if (at.urn === component.urn) {
            return true;
        }
    }
    return false;
}
