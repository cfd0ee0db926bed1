import type { Cloud } from "./schema";

/** Whether the stack has a bucket for backups: an existing cluster has none. */
export const hasBucket: Readonly<Record<Cloud, boolean>> = { gcp: true, aws: true, existing: false };
