import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Resources } from "../../layer";
import type { SearchConfig } from "../config";
import { clusterName } from "../types";

/** Service account of the nodes, which read and write the bucket. */
export const nodesAccount = `${clusterName}-es`;

/** Names of the two CronJobs, of their service accounts and of their users in Elasticsearch. */
export const snapshotNames = { register: `${clusterName}-snapshots`, restore: `${clusterName}-restore` } as const;

export type SnapshotJob = keyof typeof snapshotNames;

/** The jobs of a stack: none without a bucket. */
export function snapshotJobs({ search: { backup } }: SearchConfig): readonly SnapshotJob[] {
    return backup.enabled ? ["register", "restore"] : [];
}

/** Folder in the bucket. */
export const folder = "elasticsearch";

/** The jobs' program. */
export const program = readFileSync(join(__dirname, "snapshots.py"), "utf8");

/** Both jobs wait for answers. */
export const jobResources: Resources = {
    requests: { cpu: "50m", memory: "64Mi" },
    limits: { cpu: "200m", memory: "128Mi" },
};
