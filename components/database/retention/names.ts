import type { Resources } from "../../layer";

/** Names of the two CronJobs and of their service accounts. */
export const retentionNames = { monthly: "postgres-monthly", snapshots: "postgres-snapshots" } as const;

export type RetentionJob = keyof typeof retentionNames;

/** Both are Python programs that wait for answers. */
export const retentionResources: Resources = {
    requests: { cpu: "50m", memory: "128Mi" },
    limits: { cpu: "500m", memory: "256Mi" },
};
