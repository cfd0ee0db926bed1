import { mkdirSync, renameSync, rmSync, writeFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { inParallel } from "./in-parallel";
import { lockedFiles, sha256, type Lock, type LockedFile } from "./lock";

/** What a download did. */
export interface Downloaded {
    readonly fetched: number;
    /** Files that were there already, with the right content. */
    readonly kept: number;
}

/**
 * Brings every file of the lock into `folder`, and refuses content that is not what the lock says. A file that is right
 * already is not asked for again, so that a broken download goes on where it broke.
 */
export async function download(lock: Lock, folder: string): Promise<Downloaded> {
    const missing = lockedFiles(lock).filter((file) => !isRight(folder, file));
    await inParallel(missing, 8, (file) => fetchOne(folder, file));
    return { fetched: missing.length, kept: lockedFiles(lock).length - missing.length };
}

async function fetchOne(folder: string, { path, url, sha256: expected }: LockedFile): Promise<void> {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) {
        throw new Error(`${url}: ${response.status} ${response.statusText}`);
    }
    const content = Buffer.from(await response.arrayBuffer());
    const found = sha256(content);
    if (found !== expected) {
        throw new Error(`${url}: sha256 is ${found}, the lock says ${expected}. Nothing was kept.`);
    }
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    // Renamed into place: another process sees the whole file or none.
    const part = `${target}.${process.pid}.part`;
    try {
        writeFileSync(part, content);
        renameSync(part, target);
    } finally {
        rmSync(part, { force: true });
    }
}

function isRight(folder: string, { path, sha256: expected }: LockedFile): boolean {
    const target = join(folder, path);
    return existsSync(target) && sha256(readFileSync(target)) === expected;
}
