/** A violated property. A check without findings means that the property holds. */
export interface Finding {
    /** Short name of the property. */
    readonly check: string;
    /** Object, node or pool that violates it. */
    readonly where: string;
    readonly message: string;
}

/** One line per finding, so that a test compares with "" and a failure shows all of them. */
export function findingsText(findings: readonly Finding[]): string {
    return findings.map(({ check, where, message }) => `${check}: ${where}: ${message}`).join("\n");
}
