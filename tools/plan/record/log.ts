/** The log of a program. */
export interface CapturedLog {
    readonly warnings: readonly string[];
    readonly errors: readonly string[];
    /** Restores the console. */
    readonly end: () => void;
}

const runtimeLine = /^(info|warning|error): \[runtime\] /;

/**
 * Without an engine `pulumi.log` writes to the console. Until `end` is called, warnings and errors are collected and
 * everything else is written to standard error, because standard output is for the plan.
 */
export function captureLog(): CapturedLog {
    const { log, info, warn, error } = console;
    const warnings: string[] = [];
    const errors: string[] = [];
    const capture = (...parts: unknown[]): void => {
        const line = parts.map(String).join(" ");
        const level = runtimeLine.exec(line)?.[1];
        const message = line.replace(runtimeLine, "");
        if (level === "warning") {
            warnings.push(message);
        } else if (level === "error") {
            errors.push(message);
        } else {
            process.stderr.write(`${message}\n`);
        }
    };
    Object.assign(console, { log: capture, info: capture, warn: capture, error: capture });
    return {
        warnings,
        errors,
        end: () => {
            Object.assign(console, { log, info, warn, error });
        },
    };
}
