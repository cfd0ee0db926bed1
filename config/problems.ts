import * as pulumi from "@pulumi/pulumi";

/** One mistake in the configuration. */
export interface Problem {
    /** The key as it stands in the stack file, e.g. `ecommerce-platform:nodePools.app.max`. */
    readonly path: string;
    /** The value found there; undefined where the key is missing. */
    readonly value: unknown;
    /** What is wrong and what would do, without path and value. */
    readonly message: string;
}

/** A value as a message shows it: JSON, cut where it would fill the screen. */
export function shown(value: unknown): string {
    if (value === undefined) {
        return "(missing)";
    }
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** `path: value: what is wrong; what would do`, one line. */
export function problemLine(problem: Problem): string {
    return `${problem.path}: ${shown(problem.value)} ${problem.message}`;
}

/**
 * Every mistake of a stack's configuration at once. A RunError, so that Pulumi prints the text and no stack trace:
 * nobody needs to see our call stack to mend their YAML.
 */
export class ConfigError extends pulumi.RunError {
    public readonly problems: readonly Problem[];

    constructor(stack: string, problems: readonly Problem[]) {
        const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
        const lines = problems.map((problem) => `  ${problemLine(problem)}`);
        super([`Pulumi.${stack}.yaml has ${count}:`, ...lines].join("\n"));
        this.problems = problems;
    }
}
