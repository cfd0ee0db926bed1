/** What a program wrote to Pulumi's log while it ran. */
export interface CapturedLog {
    readonly warnings: readonly string[];
    readonly errors: readonly string[];
    /** Gives the console back. */
    readonly end: () => void;
}

const runtimeLine = /^(info|warning|error): \[runtime\] /;

/**
 * Without an engine `pulumi.log` writes to the console. Until `end` is called its warnings and errors are collected,
 * and everything else goes to standard error: standard output belongs to the plan.
 */
export function captureLog(): CapturedLog {
    const { log, info, warn, error } = console;
    const warnings: string[] = [];
    const errors: string[] = [];
    const take = (...parts: unknown[]): void => {
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
    Object.assign(console, { log: take, info: take, warn: take, error: take });
    return {
        warnings,
        errors,
        end: () => {
            Object.assign(console, { log, info, warn, error });
        },
    };
}
