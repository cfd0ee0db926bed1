import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";

import { cacheFolder, type Environment } from "../../../tools/toolchain/paths";
import { isKubeObject, type KubeObject } from "../control-plane/json";
import { lockedFiles, readLock, sha256, type Lock } from "./lock";

const projectFolder = resolve(__dirname, "../../..");

/** Target folder of `npm run crds`. */
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
 * @throws Error when a file is missing or differs from the lock.
 */
export function readCrds(folder: string = crdsFolder(), lock: Lock = readLock()): readonly KubeObject[] {
    return lockedFiles(lock).flatMap(({ path, sha256: expected, count }) => {
        const file = join(folder, path);
        if (!existsSync(file)) {
            throw new Error(`${file} is missing. Run: npm run crds (or set CRDS_DIR to a folder that contains it)`);
        }
        const text = readFileSync(file, "utf8");
        if (sha256(text) !== expected) {
            throw new Error(`${file} does not match the checksum in tests/cluster/crds.lock.json. Run: npm run crds`);
        }
        // A file may contain other objects, which are ignored.
        const crds = parseAllDocuments(text)
            .map((document) => document.toJS() as unknown)
            .filter(isKubeObject)
            .filter(({ kind }) => kind === "CustomResourceDefinition");
        if (crds.length !== count) {
            throw new Error(`${file} has ${crds.length} CustomResourceDefinitions, expected ${count}`);
        }
        return crds;
    });
}
