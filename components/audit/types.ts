import type { ObjectStore } from "../storage/types";

/** The interface of the audit layer (SC-12, CL-19). */
export interface Audit {
    /** Bucket of the audit records. Undefined on an existing cluster, and in a replica, whose primary has it. */
    readonly records: ObjectStore | undefined;
}
