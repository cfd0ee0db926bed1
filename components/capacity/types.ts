import type { NamespaceName } from "../../catalog/types";

/** Name of the placeholders and of every object that belongs to them. */
export const headroomName = "headroom";

/** Namespace of the placeholders: not one of the services', whose quotas stay theirs. */
export const headroomNamespace: NamespaceName = "monitoring";

/** What the capacity layer promises: whether room is kept for the shop to grow into (CL-10). */
export interface Capacity {
    /** Placeholder pods; 0 where none are kept. */
    readonly placeholders: number;
}
