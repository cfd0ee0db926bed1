import type { PlannedResource } from "../record/types";

/** A component of the plan, or the stack, with its descendants. */
export interface TreeNode {
    readonly name: string;
    readonly type: string;
    /** Number of descendants that are not components. */
    readonly count: number;
    readonly children: readonly TreeNode[];
}

/** The component tree of a plan. Undefined for a plan without a stack resource, which no program creates. */
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
    // A resource with children is counted as a resource and is also a node of the tree.
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
