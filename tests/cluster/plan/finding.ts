/** What a checker found wrong. No finding means that the property holds. */
export interface Finding {
    /** The property, in a word or two. */
    readonly check: string;
    /** Object, node or pool that it is about. */
    readonly where: string;
    readonly message: string;
}

/** One line a finding; empty for none, so that a test can compare with the empty text and show all of them at once. */
export function findingsText(findings: readonly Finding[]): string {
    return findings.map(({ check, where, message }) => `${check}: ${where}: ${message}`).join("\n");
}
