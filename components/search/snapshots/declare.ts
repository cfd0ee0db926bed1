import { homePool } from "../../../config/profiles";
import { systemImage } from "../../common/bucket/container";
import { selectorLabels } from "../../common/labels";
import type { Caller, PodGroup } from "../../layer";
import type { LayerConfig } from "../layer-config";
import { nodeLabels, searchEndpoint, searchNamespace } from "../types";
import { jobResources, snapshotJobs, snapshotNames } from "./names";

type Config = Pick<LayerConfig, "search">;

/** The jobs' pods, as callers of the nodes. */
export function snapshotCallers(config: Config): Caller[] {
    return snapshotJobs(config).map((kind) => ({
        pods: { namespace: searchNamespace, labels: selectorLabels(snapshotNames[kind]) },
        port: searchEndpoint.port,
    }));
}

/** The nodes' calls to the bucket, and to what gives them credentials for it. */
export function snapshotCalls({ search: { backup } }: Config): PodGroup["calls"] {
    return backup.enabled ? ["cloud"] : [];
}

/** The image that has the jobs' language. */
export function snapshotImages({ search: { backup } }: Config): readonly string[] {
    return backup.enabled ? [systemImage] : [];
}

/** The jobs' pods. */
export function snapshotGroups(config: LayerConfig): PodGroup[] {
    const nodes = { pods: { namespace: searchNamespace, labels: nodeLabels }, port: searchEndpoint.port } as const;
    return snapshotJobs(config).map((kind) => ({
        name: snapshotNames[kind],
        namespace: searchNamespace,
        labels: selectorLabels(snapshotNames[kind]),
        app: { name: snapshotNames[kind], component: "search" },
        source: "object",
        pool: homePool(config.profile, { namespace: searchNamespace }),
        // One pod at a time, and none between runs.
        count: { min: 0, max: 1, surge: 0 },
        job: true,
        resources: jobResources,
        spread: "preferred",
        callers: [],
        calls: ["dns", nodes],
    }));
}
