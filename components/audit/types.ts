import type { ObjectStore } from "../storage/types";

/** What the audit layer promises (SC-12, CL-19). */
export interface Audit {
    /** Where the cloud keeps who did what. Undefined on an existing cluster, and in a replica, whose primary has it. */
    readonly records: ObjectStore | undefined;
}
