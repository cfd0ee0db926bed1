/** What is wrong with a statement. */
export interface Change {
    /** `contract`: removes or narrows something that a running version may use; `refused`: no marker allows it. */
    readonly kind: "contract" | "refused";
    /** `table` or `table.column`, as a marker names it. */
    readonly object: string;
    readonly message: string;
}

export function contract(object: string, message: string): Change {
    return { kind: "contract", object, message };
}

export function refused(object: string, message: string): Change {
    return { kind: "refused", object, message };
}

/** Tables as far as the files before and this file say. */
export interface Tables {
    /** Whether a table was created by an earlier file: running services use it, and it has rows. */
    readonly existing: (table: string) => boolean;
}
