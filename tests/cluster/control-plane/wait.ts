import { setTimeout as sleep } from "node:timers/promises";

export { inParallel } from "../../../tools/crds/in-parallel";

/** The value of `work`, or an error that names it when it takes longer than `limitMs`. */
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

/** How {@link eventually} asks. */
export interface PollOptions {
    /** @default 30000 */
    readonly limitMs?: number;
    /** @default 100 */
    readonly everyMs?: number;
}

/**
 * Asks until `look` finds something. An error that it throws counts as nothing found yet; the last one is told when the
 * time is over.
 */
export async function eventually<T>(
    what: string,
    look: () => Promise<T | undefined>,
    { limitMs = 30_000, everyMs = 100 }: PollOptions = {},
): Promise<T> {
    const deadline = Date.now() + limitMs;
    let last: unknown;
    for (;;) {
        try {
            const found = await look();
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
