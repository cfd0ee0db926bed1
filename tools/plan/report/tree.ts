import type { PlannedResource } from "../record/types";

/** A component of the plan, or the stack itself, with what is below it. */
export interface TreeNode {
    readonly name: string;
    readonly type: string;
    /** Resources below it that are no components, however deep. */
    readonly count: number;
    readonly children: readonly TreeNode[];
}

/** The components of a plan by parentage. Undefined for a plan without a stack resource, which no program makes. */
export function componentTree(resources: readonly PlannedResource[]): TreeNode | undefined {
    const byParent = new Map<string, PlannedResource[]>();
    let root: PlannedResource | undefined;
    for (const resource of resources) {
        if (resource.parent === undefined) {
            root = resource;
        } else {
            const siblings = byParent.get(resource.parent);
            if (siblings === undefined) {
                byParent.set(resource.parent, [resource]);
            } else {
                siblings.push(resource);
            }
        }
    }
    return root === undefined ? undefined : toNode(root, byParent);
}

function toNode(resource: PlannedResource, byParent: ReadonlyMap<string, readonly PlannedResource[]>): TreeNode {
    const below = byParent.get(resource.urn) ?? [];
    // A resource that has children of its own counts as itself and stands in the tree for them.
    const children = below
        .filter((child) => !child.custom || byParent.has(child.urn))
        .map((child) => toNode(child, byParent));
    const own = below.filter((child) => child.custom).length;
    return {
        name: resource.name,
        type: resource.type,
        count: own + children.reduce((sum, child) => sum + child.count, 0),
        children,
    };
}
