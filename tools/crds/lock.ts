import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const schema = z.strictObject({
    projects: z.array(
        z.strictObject({
            project: z.string().regex(/^[a-z0-9-]+$/),
            version: z.string(),
            licence: z.string(),
            files: z.array(
                z.strictObject({
                    file: z.string().regex(/^[\w.-]+$/),
                    url: z.url(),
                    sha256: z.string().regex(/^[0-9a-f]{64}$/),
                    /** CustomResourceDefinitions in the file. */
                    count: z.int().positive(),
                }),
            ),
        }),
    ),
});

/** Which CustomResourceDefinitions the tests know, by project, version, address and content. */
export type Lock = z.output<typeof schema>;

export const lockFile = resolve(__dirname, "../../tests/cluster/crds.lock.json");

/** Reads the lock; throws when it is no lock. */
export function readLock(path: string = lockFile): Lock {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** One file of the lock with its path below the folder of all CRDs. */
export interface LockedFile {
    readonly path: string;
    readonly url: string;
    readonly sha256: string;
    readonly count: number;
}

/** All files of a lock, in its order. */
export function lockedFiles(lock: Lock): readonly LockedFile[] {
    return lock.projects.flatMap(({ project, files }) =>
        files.map(({ file, url, sha256, count }) => ({ path: join(project, file), url, sha256, count })),
    );
}

export function sha256(content: Buffer | string): string {
    return createHash("sha256").update(content).digest("hex");
}
