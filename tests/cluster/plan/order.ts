import type { PlannedResource } from "../../../tools/plan/index";

/**
 * Resources in an order that the engine could create them in: after their parent, their provider and all that they
 * depend on. To depend on a component is to depend on all that is below it. Resources that may come at the same time
 * keep the order of their URNs, so that two runs are alike.
 *
 * @throws Error when they wait for each other in a circle.
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
            throw new Error(`Resources wait for each other: ${here.join(" -> ")}`);
        }
        state.set(resource.urn, "open");
        for (const urn of waitsFor(resource)) {
            const other = byUrn.get(urn);
            if (other !== undefined) {
                visit(other, here);
                visitBelow(other, resource, here);
            }
        }
        state.set(resource.urn, "done");
        ordered.push(resource);
    };
    const visitBelow = (component: PlannedResource, waiting: PlannedResource, path: readonly string[]): void => {
        // A child does not wait for its siblings through its parent.
        if (component.custom || isBelow(waiting, component, byUrn)) {
            return;
        }
        for (const child of children.get(component.urn) ?? []) {
            visit(child, path);
            visitBelow(child, waiting, path);
        }
    };
    resources.forEach((resource) => {
        visit(resource, []);
    });
    return ordered;
}

function waitsFor({ parent, provider, options }: PlannedResource): string[] {
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
