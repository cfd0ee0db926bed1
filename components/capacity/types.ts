import type { NamespaceName } from "../../catalog/types";

/** Namespace of the placeholders: those who watch the cluster's room own it, and the services' quotas stay theirs. */
export const headroomNamespace: NamespaceName = "monitoring";

/** What the capacity layer promises: whether room is kept for the shop to grow into (CL-10). */
export interface Capacity {
    /** Placeholder pods; 0 where none are kept. */
    readonly placeholders: number;
}
