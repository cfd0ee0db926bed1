import { readFileSync } from "node:fs";
import { join } from "node:path";

import { quantity } from "../../../config/quantity";
import { bucketResources } from "../../common/bucket/container";
import type { Resources } from "../../layer";
import { maxMemory } from "../valkey/settings";
import type { LayerConfig } from "../layer-config";

/** Names of the two CronJobs and of their service accounts; the first is also the folder in the bucket. */
export const backupNames = { backup: "valkey-state-backup", restore: "valkey-state-restore" } as const;

/** Folder in the bucket. */
export const folder = "valkey-state";

/** The scripts by file name. */
export const backupScripts: Readonly<Record<string, string>> = Object.fromEntries(
    ["library.sh", "backup.sh", "restore.sh"].map((name) => [name, readFileSync(join(__dirname, name), "utf8")]),
);

const copy: Resources = {
    requests: { cpu: "50m", memory: "64Mi" },
    limits: { cpu: "500m", memory: "128Mi" },
};

/** Resources of the containers that run Valkey's programs: the second loads a whole shard. */
export function scriptResources(kind: keyof typeof backupNames, { cache }: Pick<LayerConfig, "cache">): Resources {
    const memory = cache.stateMemory;
    return kind === "backup" ? copy : { requests: { cpu: "150m", memory }, limits: { cpu: "1", memory } };
}

/** Resources of a pod: its containers run one after the other, so that it needs the larger of each. */
export function backupPodResources(kind: keyof typeof backupNames, config: Pick<LayerConfig, "cache">): Resources {
    const own = scriptResources(kind, config);
    const larger = (side: keyof Resources, what: "cpu" | "memory") =>
        quantity(own[side][what]) > quantity(bucketResources[side][what])
            ? own[side][what]
            : bucketResources[side][what];
    const of = (side: keyof Resources) => ({ cpu: larger(side, "cpu"), memory: larger(side, "memory") });
    return { requests: of("requests"), limits: of("limits") };
}

/** Size of the files of all shards at most, in MiB: Valkey's format is smaller than the memory that the data takes. */
export function copySizeMiB({ cache }: Pick<LayerConfig, "cache">): number {
    return (cache.shards * maxMemory({ memory: cache.stateMemory, appendOnly: true })) / 2 ** 20;
}
