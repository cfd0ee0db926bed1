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
                    /** Number of CustomResourceDefinitions in the file. */
                    count: z.int().positive(),
                }),
            ),
        }),
    ),
});

/** The CustomResourceDefinitions that the tests load, by project, version, URL and checksum. */
export type Lock = z.output<typeof schema>;

export const lockFile = resolve(__dirname, "../../tests/cluster/crds.lock.json");

/** Reads the lock file. @throws ZodError when it does not match the schema. */
export function readLock(path: string = lockFile): Lock {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** A file of the lock, with its path relative to the folder of all CRDs. */
export interface LockedFile {
    readonly path: string;
    readonly url: string;
    readonly sha256: string;
    readonly count: number;
}

/** All files of a lock, in order. */
export function lockedFiles(lock: Lock): readonly LockedFile[] {
    return lock.projects.flatMap(({ project, files }) =>
        files.map(({ file, url, sha256, count }) => ({ path: join(project, file), url, sha256, count })),
    );
}

export function sha256(content: Buffer | string): string {
    return createHash("sha256").update(content).digest("hex");
}
