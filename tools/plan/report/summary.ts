import { imagesByTag, mirrorContents } from "../../../components/layer";
import { capacity, standIns, type PoolCapacity } from "../review/capacity";
import type { Plan } from "../plan";
import { renderHelm, renderKubernetes, type RenderedFile } from "../render/files";
import { type ScenarioNeed, scenarioNeeds } from "../review/scenarios";
import { type StorageCost, storageCosts } from "../review/storage-cost";
import { componentTree, type TreeNode } from "./tree";

/** A plan with all data for the report and the files. */
export interface Summary {
    readonly plan: Plan;
    readonly tree: TreeNode | undefined;
    readonly capacity: readonly PoolCapacity[];
    /** What each load of the shop needs; empty where services do not follow the load. */
    readonly scenarios: readonly ScenarioNeed[];
    readonly storage: readonly StorageCost[];
    /** Workloads that run a stand-in image, as `namespace/name`. */
    readonly standIns: readonly string[];
    /** Images that run by tag, without a digest; undefined for a program other than the platform's. */
    readonly byTag: readonly string[] | undefined;
    /** `plan.json`, `mirror.json` (contents of a private registry, with digests), the Kubernetes objects and the Helm releases. */
    readonly files: readonly RenderedFile[];
}

function json(value: object): string {
    return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The content of `plan.json`. */
export function planDocument(plan: Plan): Omit<Plan, "declared"> {
    const { stack, tier, cloud, resources, outputs, policy, warnings } = plan;
    return { stack, tier, cloud, resources, outputs, policy, warnings };
}

/** Computes a plan's files and figures. */
export function summarize(plan: Plan): Summary {
    const objects = renderKubernetes(plan);
    return {
        plan,
        tree: componentTree(plan.resources),
        capacity: capacity(objects, plan.declared?.pods),
        scenarios: plan.declared === undefined ? [] : scenarioNeeds(plan.declared),
        storage: storageCosts(plan.resources),
        standIns: standIns(objects),
        byTag: plan.declared === undefined ? undefined : imagesByTag(plan.declared),
        files: [
            { path: "plan.json", text: json(planDocument(plan)) },
            ...(plan.declared === undefined
                ? []
                : [{ path: "mirror.json", text: json(mirrorContents(plan.declared)) }]),
            ...objects.map(({ file }) => file),
            ...renderHelm(plan),
        ],
    };
}
