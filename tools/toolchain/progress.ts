/** Where progress goes: `process.stderr`, or a collector in tests. */
export interface Screen {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

/** Tells a person, or the log of a CI job, what a long build is doing. */
export interface Progress {
    /** A line that stays. */
    line(text: string): void;
    /** A line that stays and says that something went well. */
    success(text: string): void;
    /** What is going on now; on a terminal the next status overwrites it, elsewhere one in a while is written. */
    status(text: string): void;
}

/** Milliseconds between two status lines where they cannot be overwritten. */
const LOG_EVERY = 30_000;

/** Progress for `screen`: overwriting on a terminal, plain lines in a log, colour only on a terminal without NO_COLOR. */
export function progressOn(screen: Screen, env: { readonly NO_COLOR?: string | undefined }, now = Date.now): Progress {
    const terminal = screen.isTTY === true;
    // no-color.org: any value but the empty one counts.
    const coloured = terminal && (env.NO_COLOR ?? "") === "";
    // A status that wraps could not be overwritten. Some terminals do not know their width and say 0.
    const width = screen.columns === undefined || screen.columns === 0 ? 80 : screen.columns;
    const clear = terminal ? "\r\u001b[2K" : "";
    let written = now();
    const line = (text: string): void => {
        written = now();
        screen.write(`${clear}${text}\n`);
    };
    return {
        line,
        success: (text) => {
            line(coloured ? `\u001b[32m${text}\u001b[0m` : text);
        },
        status: (text) => {
            if (terminal) {
                screen.write(clear + text.slice(0, width - 1));
            } else if (now() - written >= LOG_EVERY) {
                line(text);
            }
        },
    };
}

/** "42 s", "3 min 5 s". */
export function duration(ms: number): string {
    const seconds = Math.round(ms / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
