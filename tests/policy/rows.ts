/** One way to violate one policy by one field. */
export interface Row {
    readonly policy: string;
    /** Location of the field: once in the pod, or in each container. */
    readonly at: "pod" | "container";
    readonly path: readonly string[];
    /** `undefined` removes the field. */
    readonly bad: unknown;
    /** Valid values of the field; `null` is unset. */
    readonly good: readonly unknown[];
    /** The field must be set, except in patches. */
    readonly required?: true;
    /** The policy accepts unknown values. */
    readonly unknownPasses?: true;
    /** Ephemeral containers do not have the field. */
    readonly notEphemeral?: true;
    /** Other fields that have to be set with it. */
    readonly with?: readonly (readonly [path: readonly string[], value: unknown])[];
}

/** A path in a security context. */
export const sc = (...path: string[]): string[] => ["securityContext", ...path];
/** A row for the pod and one for its containers. */
export const both = (row: Omit<Row, "at">): Row[] => [
    { ...row, at: "pod" },
    { ...row, at: "container" },
];
