import { Fault } from "./fault";
import { painter } from "./report/paint";

/** Why a stack has no plan: 2 where its configuration or the command line is wrong, 3 where the program fails. */
export interface Failure {
    readonly text: string;
    readonly code: 2 | 3;
}

/**
 * What to print for an error. A mistake in the configuration or the command line needs its message alone, with the
 * stack's file where the message does not begin with it; a defect of the program needs the stack's name and a trace.
 */
export function failureOf(error: unknown, stack?: string): Failure {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Fault) {
        return { text: message, code: 2 };
    }
    // Pulumi's own mark for errors that are the user's: `ConfigError` is one.
    if (error instanceof Error && "__pulumiRunError" in error) {
        const file = `Pulumi.${stack ?? ""}.yaml`;
        return { text: stack === undefined || message.startsWith(file) ? message : `${file}: ${message}`, code: 2 };
    }
    const trace = error instanceof Error ? (error.stack ?? message) : message;
    return { text: `The program failed${stack === undefined ? "" : ` for stack ${stack}`}: ${trace}`, code: 3 };
}

/** Prints every failure once and returns the exit code: 3 where any program failed, 2 otherwise. */
export function printFailures(failures: readonly Failure[]): 2 | 3 {
    const error = painter(process.stderr)("red", "error");
    // A mistake in Pulumi.yaml is the same for every stack.
    for (const text of new Set(failures.map((failure) => failure.text))) {
        process.stderr.write(`${error}: ${text}\n`);
    }
    return failures.some(({ code }) => code === 3) ? 3 : 2;
}
