import { capacity, standIns, type PoolCapacity } from "../review/capacity";
import type { Plan } from "../plan";
import { renderHelm, renderKubernetes, type RenderedFile } from "../render/files";
import { type StorageCost, storageCosts } from "../review/storage-cost";
import { componentTree, type TreeNode } from "./tree";

/** Everything that is said and written about a plan, each part worked out once. */
export interface Summary {
    readonly plan: Plan;
    readonly tree: TreeNode | undefined;
    readonly capacity: readonly PoolCapacity[];
    readonly storage: readonly StorageCost[];
    /** Workloads whose pods run a stand-in, as `namespace/name`. */
    readonly standIns: readonly string[];
    /** `plan.json`, the Kubernetes objects and the Helm releases. */
    readonly files: readonly RenderedFile[];
}

/** Works out a plan's files and figures. */
export function summarize(plan: Plan): Summary {
    const objects = renderKubernetes(plan);
    return {
        plan,
        tree: componentTree(plan.resources),
        capacity: capacity(objects),
        storage: storageCosts(plan.resources),
        standIns: standIns(objects),
        files: [
            { path: "plan.json", text: `${JSON.stringify(plan, undefined, 2)}\n` },
            ...objects.map(({ file }) => file),
            ...renderHelm(plan),
        ],
    };
}
