import { homePool } from "../../../config/profiles";
import { systemImage } from "../../common/bucket/container";
import { selectorLabels } from "../../common/labels";
import type { Caller, PodGroup } from "../../layer";
import { copied, endpoints, hasBackup, type InstanceName, namespace, ports } from "../instances";
import type { LayerConfig } from "../layer-config";
import { backupNames, backupPodResources } from "./names";

const kinds = ["backup", "restore"] as const;

/** The pods of the jobs, as callers of the cluster's members. */
export function backupCallers(config: Pick<LayerConfig, "cache">, instance: InstanceName): Caller[] {
    const pods = hasBackup(config, instance) ? kinds.map((kind) => backupNames[kind]) : [];
    return pods.map((name) => ({ pods: { namespace, labels: selectorLabels(name) }, port: ports.valkey }));
}

/** The image that the files are copied with. */
export function backupImages(config: Pick<LayerConfig, "cache">): readonly string[] {
    return hasBackup(config, copied) ? [systemImage] : [];
}

/** The jobs' pods. */
export function backupGroups(config: LayerConfig): PodGroup[] {
    if (!hasBackup(config, copied)) {
        return [];
    }
    const valkey = { pods: { namespace, labels: endpoints[copied].podLabels }, port: ports.valkey } as const;
    return kinds.map((kind) => ({
        name: backupNames[kind],
        namespace,
        labels: selectorLabels(backupNames[kind]),
        app: { name: backupNames[kind], component: "cache" },
        source: "object",
        pool: config.dedicatedPools ? homePool(config.profile, { namespace, pool: "cache" }) : "app",
        // One pod at a time, and none between runs.
        count: { min: 0, max: 1, surge: 0 },
        job: true,
        resources: backupPodResources(kind, config),
        spread: "preferred",
        callers: [],
        calls: ["dns", "cloud", valkey],
    }));
}
