import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";

import { usedKinds } from "../../../custom-resources/kinds";
import { withLock } from "../../../tools/toolchain/lock";
import { cacheFolder, toolPath } from "../../../tools/toolchain/paths";
import { definitionOf } from "../../../tools/crds/definition";
import { crdsFolder, readCrds } from "../../../tools/crds/folder";
import { readLock, type Lock } from "../../../tools/crds/lock";
import type { KubeObject } from "./json";
import { loadCrds } from "./load-crds";
import { startPrograms, type ControlPlane, type StartArgs } from "./start";

/** Part of the cache key: increase it when the way the folder is built changes. */
const formatVersion = 2;

/** Cached folders older than this are removed when a new one is built. */
const maxAgeMs = 14 * 24 * 3600 * 1000;

/** Receives progress lines of steps that take seconds. */
export type Log = (line: string) => void;

/**
 * Definitions that a control plane serves: of the kinds that the program creates, or every one of the lock file, for
 * controllers that have kinds of their own. An API server takes several seconds of a core for each hundred.
 */
export type Definitions = "used" | "all";

/** Options for starting a control plane with definitions. */
export interface StartWithArgs extends Omit<StartArgs, "data"> {
    /** @default "used" */
    readonly definitions?: Definitions | undefined;
}

/**
 * Starts a control plane with CustomResourceDefinitions of the lock file: etcd starts from a copy of a cached data folder. The
 * first call on a machine, or after a change of a version or a definition, builds that folder.
 */
export async function startControlPlane(
    { definitions = "used", ...args }: StartWithArgs = {},
    log: Log = () => undefined,
): Promise<ControlPlane> {
    return startPrograms({ ...args, data: await cachedEtcdData(readLock(), log, definitions) });
}

/** Path of the cached etcd data folder for this lock file; built when it is missing. */
export async function cachedEtcdData(lock: Lock, log: Log, definitions: Definitions): Promise<string> {
    const home = resolve(cacheFolder(process.env), "../control-plane");
    const path = join(home, keyOf(lock, definitions));
    if (existsSync(path)) {
        return path;
    }
    mkdirSync(home, { recursive: true });
    const onWait = (): void => {
        log("another process loads the CustomResourceDefinitions; waiting for it");
    };
    // Parsing 26 MB of YAML blocks the event loop, and with it the lock's heartbeat.
    await withLock(`${path}.lock`, { onWait, staleMs: 120_000 }, async () => {
        if (!existsSync(path)) {
            const folder = crdsFolder();
            const crds =
                definitions === "all"
                    ? readCrds(folder, lock)
                    : usedKinds.map((kind) => definitionOf(kind, folder, lock).crd);
            await buildEtcdData(crds, path, log);
            removeOldFolders(home);
        }
    });
    return path;
}

async function buildEtcdData(crds: readonly KubeObject[], path: string, log: Log): Promise<void> {
    const begin = Date.now();
    const plane = await startPrograms({ components: [] });
    const part = `${path}.${process.pid}.part`;
    try {
        await loadCrds(plane.client, crds);
        await plane.stopAndSave(async (data) => {
            await cp(data, part, { recursive: true });
            renameSync(part, path);
        });
    } finally {
        rmSync(part, { recursive: true, force: true });
        await plane.stop();
    }
    log(
        `${crds.length} CustomResourceDefinitions loaded in ${((Date.now() - begin) / 1000).toFixed(1)} s, cached in ${path}`,
    );
}

/** Computed from the hashes in the lock file, so that a cached start does not read 26 MB of YAML. */
function keyOf(lock: Lock, definitions: Definitions): string {
    // A tool's path contains the hash of its build inputs.
    const tools = ["etcd", "kube-apiserver"].map((name) => toolPath(name));
    return createHash("sha256")
        .update(JSON.stringify([formatVersion, tools, lock, definitions === "all" ? "all" : usedKinds]))
        .digest("hex")
        .slice(0, 16);
}

function removeOldFolders(home: string): void {
    for (const name of readdirSync(home)) {
        const path = join(home, name);
        if (Date.now() - statSync(path).mtimeMs > maxAgeMs) {
            rmSync(path, { recursive: true, force: true });
        }
    }
}
