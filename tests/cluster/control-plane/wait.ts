import { setTimeout as sleep } from "node:timers/promises";

export { inParallel } from "../../../tools/crds/in-parallel";

/** The result of `work`. @throws Error that names `what` when it takes longer than `limitMs`. */
export async function within<T>(limitMs: number, what: string, work: Promise<T>): Promise<T> {
    const timer = new AbortController();
    try {
        return await Promise.race([
            work,
            sleep(limitMs, undefined, { signal: timer.signal }).then(() => {
                throw new Error(`${what} took longer than ${limitMs / 1000} s`);
            }),
        ]);
    } finally {
        timer.abort();
    }
}

/** Options of {@link eventually}. */
export interface PollOptions {
    /** Deadline in milliseconds; long, because only a failure waits for it. @default 120000 */
    readonly limitMs?: number;
    /** Interval in milliseconds. @default 100 */
    readonly everyMs?: number;
    /** Called before each probe; its error ends the wait. */
    readonly check?: () => void;
}

/**
 * Calls `probe` until it returns a value. Errors of `probe` count as no value.
 *
 * @throws Error with the last error of `probe` when the deadline passes, or the error of `check`.
 */
export async function eventually<T>(
    what: string,
    probe: () => Promise<T | undefined>,
    { limitMs = 120_000, everyMs = 100, check }: PollOptions = {},
): Promise<T> {
    const deadline = Date.now() + limitMs;
    let last: unknown;
    for (;;) {
        check?.();
        try {
            const found = await probe();
            if (found !== undefined) {
                return found;
            }
            last = undefined;
        } catch (error) {
            last = error;
        }
        if (Date.now() > deadline) {
            const why = last === undefined ? "" : `: ${last instanceof Error ? last.message : JSON.stringify(last)}`;
            throw new Error(`${what}: not within ${limitMs / 1000} s${why}`);
        }
        await sleep(everyMs);
    }
}
