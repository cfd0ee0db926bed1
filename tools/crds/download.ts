import { mkdirSync, renameSync, rmSync, writeFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { inParallel } from "./in-parallel";
import { lockedFiles, sha256, type Lock, type LockedFile } from "./lock";

/** Result of a download. */
export interface Downloaded {
    readonly fetched: number;
    /** Files that were already present with the expected content. */
    readonly kept: number;
}

/**
 * Downloads every file of the lock into `folder`. Files that are present with the expected checksum are kept, so that a
 * failed download can be continued.
 *
 * @throws Error when a response is not successful or its checksum differs from the lock.
 */
export async function download(lock: Lock, folder: string): Promise<Downloaded> {
    const missing = lockedFiles(lock).filter((file) => !isPresent(folder, file));
    await inParallel(missing, 8, (file) => fetchOne(folder, file));
    return { fetched: missing.length, kept: lockedFiles(lock).length - missing.length };
}

async function fetchOne(folder: string, { path, url, sha256: expected }: LockedFile): Promise<void> {
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    if (!response.ok) {
        throw new Error(`${url}: ${response.status} ${response.statusText}`);
    }
    const content = Buffer.from(await response.arrayBuffer());
    const found = sha256(content);
    if (found !== expected) {
        throw new Error(`${url}: sha256 is ${found}, expected ${expected}. The file was not stored.`);
    }
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    // Renamed into place, so that another process never reads a partial file.
    const part = `${target}.${process.pid}.part`;
    try {
        writeFileSync(part, content);
        renameSync(part, target);
    } finally {
        rmSync(part, { force: true });
    }
}

function isPresent(folder: string, { path, sha256: expected }: LockedFile): boolean {
    const target = join(folder, path);
    return existsSync(target) && sha256(readFileSync(target)) === expected;
}
