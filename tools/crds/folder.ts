import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";

import { cacheFolder, type Environment } from "../toolchain/paths";
import { isKubeObject, type KubeObject } from "./object";
import { lockedFiles, readLock, sha256, type Lock, type LockedFile } from "./lock";

const projectFolder = resolve(__dirname, "../..");

/** Download folder of `npm run crds`. */
export function downloadFolder(env: Environment = process.env): string {
    return resolve(cacheFolder(env), "../crds");
}

/** Folder of the CRDs: `CRDS_DIR`, otherwise the one beside the checkout if it exists, otherwise the download folder. */
export function crdsFolder(env: Environment = process.env): string {
    const configured = env["CRDS_DIR"];
    if (configured !== undefined && configured !== "") {
        return resolve(projectFolder, configured);
    }
    const beside = resolve(projectFolder, "../shared/crds");
    return existsSync(beside) ? beside : downloadFolder(env);
}

/**
 * Reads every CustomResourceDefinition of the lock from `folder`.
 *
 * @throws Error if a file is missing or differs from the lock: tests must run against the pinned definitions.
 */
export function readCrds(folder: string = crdsFolder(), lock: Lock = readLock()): readonly KubeObject[] {
    return lockedFiles(lock).flatMap((file) => readLockedFile(folder, file));
}

/** The CustomResourceDefinitions of one file of the lock. Throws like {@link readCrds}. */
export function readLockedFile(folder: string, { path, sha256: expected, count }: LockedFile): readonly KubeObject[] {
    const file = join(folder, path);
    if (!existsSync(file)) {
        throw new Error(`${file} is missing. Run: npm run crds (or set CRDS_DIR to a folder that contains it)`);
    }
    const text = readFileSync(file, "utf8");
    if (sha256(text) !== expected) {
        throw new Error(`${file} differs from its checksum in tests/cluster/crds.lock.json. Run: npm run crds`);
    }
    // The file may contain other objects.
    const crds = parseAllDocuments(text)
        .map((document) => document.toJS() as unknown)
        .filter(isKubeObject)
        .filter(({ kind }) => kind === "CustomResourceDefinition");
    if (crds.length !== count) {
        throw new Error(`${file} has ${crds.length} CustomResourceDefinitions, the lock expects ${count}`);
    }
    return crds;
}
