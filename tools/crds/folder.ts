import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";

import { cacheFolder, type Environment } from "../toolchain/paths";
import { isKubeObject, type KubeObject } from "./object";
import { lockedFiles, readLock, sha256, type Lock, type LockedFile } from "./lock";

const projectFolder = resolve(__dirname, "../..");

/** Where `npm run crds` puts the files. */
export function downloadFolder(env: Environment = process.env): string {
    return resolve(cacheFolder(env), "../crds");
}

/** Folder of the CRDs: `CRDS_DIR`, then the one beside the checkout, then what `npm run crds` downloaded. */
export function crdsFolder(env: Environment = process.env): string {
    const chosen = env["CRDS_DIR"];
    if (chosen !== undefined && chosen !== "") {
        return resolve(projectFolder, chosen);
    }
    const beside = resolve(projectFolder, "../shared/crds");
    return existsSync(beside) ? beside : downloadFolder(env);
}

/**
 * Every CustomResourceDefinition of the lock, read from `folder`.
 *
 * @throws Error when a file is missing or is not what the lock says: a proof against other CRDs would prove nothing.
 */
export function readCrds(folder: string = crdsFolder(), lock: Lock = readLock()): readonly KubeObject[] {
    return lockedFiles(lock).flatMap((file) => readLockedFile(folder, file));
}

/** The CustomResourceDefinitions of one file of the lock; throws as {@link readCrds} does. */
export function readLockedFile(folder: string, { path, sha256: expected, count }: LockedFile): readonly KubeObject[] {
    const file = join(folder, path);
    if (!existsSync(file)) {
        throw new Error(`${file} is missing. Run: npm run crds (or set CRDS_DIR to a folder that has it)`);
    }
    const text = readFileSync(file, "utf8");
    if (sha256(text) !== expected) {
        throw new Error(`${file} is not the file that tests/cluster/crds.lock.json names. Run: npm run crds`);
    }
    // A definition may come with other objects; only definitions are loaded.
    const crds = parseAllDocuments(text)
        .map((document) => document.toJS() as unknown)
        .filter(isKubeObject)
        .filter(({ kind }) => kind === "CustomResourceDefinition");
    if (crds.length !== count) {
        throw new Error(`${file} has ${crds.length} CustomResourceDefinitions, the lock says ${count}`);
    }
    return crds;
}
