import { Fault } from "./fault";
import { painter } from "./report/paint";

/** Why a stack has no plan: code 2 for the configuration or the command line, 3 for a failure of the program. */
export interface Failure {
    readonly text: string;
    readonly code: 2 | 3;
}

/**
 * The text for an error. For a mistake in the configuration or the command line it is the message, with the stack's file in
 * front unless the message begins with it; for a failure of the program it includes the stack's name and the trace.
 */
export function failureOf(error: unknown, stack?: string): Failure {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Fault) {
        return { text: message, code: 2 };
    }
    // Pulumi marks errors of the user with this property; `ConfigError` is one.
    if (error instanceof Error && "__pulumiRunError" in error) {
        const file = `Pulumi.${stack ?? ""}.yaml`;
        return { text: stack === undefined || message.startsWith(file) ? message : `${file}: ${message}`, code: 2 };
    }
    const trace = error instanceof Error ? (error.stack ?? message) : message;
    return { text: `The program failed${stack === undefined ? "" : ` for stack ${stack}`}: ${trace}`, code: 3 };
}

/** Prints every failure once and returns the exit code: 3 if any program failed, otherwise 2. */
export function printFailures(failures: readonly Failure[]): 2 | 3 {
    const error = painter(process.stderr)("red", "error");
    // A mistake in Pulumi.yaml is the same for every stack.
    for (const text of new Set(failures.map((failure) => failure.text))) {
        process.stderr.write(`${error}: ${text}\n`);
    }
    return failures.some(({ code }) => code === 3) ? 3 : 2;
}
