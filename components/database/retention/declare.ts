import { homePool } from "../../../config/profiles";
import { selectorLabels } from "../../common/labels";
import type { PodGroup } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { type RetentionJob, retentionNames, retentionResources } from "./names";

const calls = { monthly: ["dns", "cloud"], snapshots: ["dns", "api-server"] } as const satisfies Readonly<
    Record<RetentionJob, PodGroup["calls"]>
>;

/** Pods of the two jobs; a stack without a bucket has no backups, and a replica makes none (CL-18). */
export function retentionPods({ profile, database, replicaOf }: LayerConfig): PodGroup[] {
    const jobs: readonly RetentionJob[] =
        database.backup.enabled && replicaOf === undefined ? ["monthly", "snapshots"] : [];
    return jobs.map((job) => ({
        name: retentionNames[job],
        namespace: "data",
        labels: selectorLabels(retentionNames[job]),
        app: { name: retentionNames[job], component: "database" },
        source: "object",
        pool: homePool(profile, { namespace: "data" }),
        // One pod at a time, and none between runs.
        count: { min: 0, max: 1, surge: 0 },
        job: true,
        resources: retentionResources,
        spread: "preferred",
        callers: [],
        calls: calls[job],
    }));
}
