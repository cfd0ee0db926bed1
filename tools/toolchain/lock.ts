import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How a lock is waited for. The defaults suit builds of minutes; tests wait less. */
export interface LockOptions {
    /** Called once, when somebody else holds the lock. */
    readonly onWait?: () => void;
    /** Gives up the wait. */
    readonly signal?: AbortSignal;
    /** Between two looks at the lock, and between two signs of life of the holder. @default 1000 */
    readonly beatMs?: number;
    /** Without a sign of life for so long the holder is taken for dead. @default 15000 */
    readonly staleMs?: number;
}

/**
 * Runs `work` while the file `path` marks it as going on; a second caller, in this process or another, waits.
 *
 * The holder touches the file as a sign of life. A process id would not do: after a kill -9 it may belong to somebody
 * else, and in a container it means nothing. Two callers that find the same dead lock at the same instant may both go
 * on; then both build, and the last rename wins with the same binary.
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    await acquire(path, token, options);
    const heart = setInterval(() => {
        beat(path);
    }, options.beatMs ?? 1000);
    try {
        return await work();
    } finally {
        clearInterval(heart);
        release(path, token);
    }
}

async function acquire(path: string, token: string, options: LockOptions): Promise<void> {
    let told = false;
    while (!tryCreate(path, token)) {
        if (isStale(path, options.staleMs ?? 15_000)) {
            rmSync(path, { force: true });
            continue;
        }
        if (!told) {
            options.onWait?.();
            told = true;
        }
        await sleep(options.beatMs ?? 1000, undefined, options.signal === undefined ? {} : { signal: options.signal });
    }
}

function tryCreate(path: string, token: string): boolean {
    try {
        writeFileSync(path, token, { flag: "wx" });
        return true;
    } catch (error) {
        if (isCode(error, "EEXIST")) {
            return false;
        }
        throw error;
    }
}

function isStale(path: string, staleMs: number): boolean {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs > staleMs;
}

function beat(path: string): void {
    try {
        const now = new Date();
        utimesSync(path, now, now);
    } catch (error) {
        // Gone: somebody cleaned the cache, or took us for dead while the machine slept. The build still ends well.
        if (!isCode(error, "ENOENT")) {
            throw error;
        }
    }
}

function release(path: string, token: string): void {
    try {
        // Not ours any more when somebody took us for dead.
        if (readFileSync(path, "utf8") === token) {
            rmSync(path, { force: true });
        }
    } catch (error) {
        if (!isCode(error, "ENOENT")) {
            throw error;
        }
    }
}

function isCode(error: unknown, code: string): boolean {
    return error instanceof Error && "code" in error && error.code === code;
}
