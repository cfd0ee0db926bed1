/** Output of progress: `process.stderr`, or a recorder in tests. */
export interface Screen {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

/** Progress of a long build, on a terminal or in a log. */
export interface Progress {
    /** A permanent line. */
    line(text: string): void;
    /** A permanent line that reports a success. */
    success(text: string): void;
    /** The current status; the next one overwrites it on a terminal, a log gets one every {@link LOG_EVERY}. */
    status(text: string): void;
}

/** Minimum interval of status lines in a log, in milliseconds. */
const LOG_EVERY = 30_000;

/** Progress on `screen`; coloured on a terminal unless NO_COLOR is set. */
export function progressOn(screen: Screen, env: { readonly NO_COLOR?: string | undefined }, now = Date.now): Progress {
    const terminal = screen.isTTY === true;
    // no-color.org: any non-empty value disables colour.
    const coloured = terminal && (env.NO_COLOR ?? "") === "";
    // A wrapped status cannot be overwritten. Some terminals report a width of 0.
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
