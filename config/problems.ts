import * as pulumi from "@pulumi/pulumi";

/** One mistake in the configuration. */
export interface Problem {
    /** The key as written in the stack file, for example `ecommerce-platform:nodePools.app.max`. */
    readonly path: string;
    /** The value; undefined if the key is missing. */
    readonly value: unknown;
    /** The mistake and the accepted values, without path and value. */
    readonly message: string;
}

/** A value as shown in a message: JSON of at most 80 characters. */
export function shown(value: unknown): string {
    if (value === undefined) {
        return "(missing)";
    }
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** One line: path, value and message. */
export function problemLine(problem: Problem): string {
    return `${problem.path}: ${shown(problem.value)} ${problem.message}`;
}

/** All mistakes of a stack's configuration. A RunError, so that Pulumi prints the message without a stack trace. */
export class ConfigError extends pulumi.RunError {
    public readonly problems: readonly Problem[];

    constructor(stack: string, problems: readonly Problem[]) {
        const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
        const lines = problems.map((problem) => `  ${problemLine(problem)}`);
        super([`Pulumi.${stack}.yaml has ${count}:`, ...lines].join("\n"));
        this.problems = problems;
    }
}
