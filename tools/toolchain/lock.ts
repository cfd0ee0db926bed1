import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Options of {@link withLock}. */
export interface LockOptions {
    /** Called once when the lock is held by another caller. */
    readonly onWait?: () => void;
    /** Aborts the wait. */
    readonly signal?: AbortSignal;
    /** Interval of the holder's heartbeats and of the waiters' checks, in milliseconds. @default 1000 */
    readonly heartbeatMs?: number;
    /** Age of the last heartbeat after which the lock is taken over, in milliseconds. @default 15000 */
    readonly staleMs?: number;
}

/**
 * Runs `work` while holding the lock file `path`; other callers, in this process or another, wait.
 *
 * The holder updates the file's modification time as a heartbeat. A process id would not work: it may be reused after a
 * kill -9, and differs between containers. Two waiters that find a stale lock at the same time may both run `work`, which
 * must therefore be idempotent.
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    await acquire(path, token, options);
    const timer = setInterval(() => {
        sendHeartbeat(path);
    }, options.heartbeatMs ?? 1000);
    try {
        return await work();
    } finally {
        clearInterval(timer);
        release(path, token);
    }
}

async function acquire(path: string, token: string, options: LockOptions): Promise<void> {
    let notified = false;
    while (!tryCreate(path, token)) {
        if (isStale(path, options.staleMs ?? 15_000)) {
            rmSync(path, { force: true });
            continue;
        }
        if (!notified) {
            options.onWait?.();
            notified = true;
        }
        const signal = options.signal === undefined ? {} : { signal: options.signal };
        await sleep(options.heartbeatMs ?? 1000, undefined, signal);
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

function sendHeartbeat(path: string): void {
    try {
        const now = new Date();
        utimesSync(path, now, now);
    } catch (error) {
        // The cache was deleted, or the lock was taken over while the machine was suspended; `work` can still finish.
        if (!isCode(error, "ENOENT")) {
            throw error;
        }
    }
}

function release(path: string, token: string): void {
    try {
        // Another token means that the lock was taken over as stale.
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
