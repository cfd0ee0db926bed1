import type { NamespaceName } from "../../catalog/types";

/** Name of the placeholders and of their objects. */
export const headroomName = "headroom";

/** Namespace of the placeholders: not one of the services', whose quotas do not include them. */
export const headroomNamespace: NamespaceName = "monitoring";

/** The interface of the capacity layer: whether capacity is reserved for scaling up (CL-10). */
export interface Capacity {
    /** Number of placeholder pods; 0 where no capacity is reserved. */
    readonly placeholders: number;
}
