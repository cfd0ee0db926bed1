/** One way to break one policy by one field. The table is the Pod Security Standard's, row by row, and what we add. */
export interface Row {
    readonly policy: string;
    /** Where the field is: once in the pod, or in each container. */
    readonly at: "pod" | "container";
    readonly path: readonly string[];
    /** `undefined` removes the field. */
    readonly bad: unknown;
    /** Values of the same field that are fine; `null` counts as unset and is tried wherever unset is fine. */
    readonly good: readonly unknown[];
    /** A patch that sets `bad` breaks the policy; one that leaves the field out does not. */
    readonly required?: true;
    /** The policy lets what is not known before the update pass. */
    readonly unknownPasses?: true;
    /** Ephemeral containers do not have the field. */
    readonly notEphemeral?: true;
    /** What else has to be set for the field to mean anything. */
    readonly with?: readonly (readonly [path: readonly string[], value: unknown])[];
}

/** A path in a security context. */
export const sc = (...path: string[]): string[] => ["securityContext", ...path];
/** A row for the pod and one for its containers. */
export const both = (row: Omit<Row, "at">): Row[] => [
    { ...row, at: "pod" },
    { ...row, at: "container" },
];
