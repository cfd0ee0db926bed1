import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";

import { withLock } from "../../../tools/toolchain/lock";
import { cacheFolder, toolPath } from "../../../tools/toolchain/paths";
import { crdsFolder, readCrds } from "../../../tools/crds/folder";
import { readLock, type Lock } from "../../../tools/crds/lock";
import type { KubeObject } from "./json";
import { loadCrds } from "./load-crds";
import { startPrograms, type ControlPlane, type StartArgs } from "./start";

// Part of the key: changing how a folder is made must not let an old one be taken.
const recipe = 1;

/** Folders untouched for so long are removed when a new one is made. */
const keepMs = 14 * 24 * 3600 * 1000;

/** What is told while something takes longer than a moment. */
export type Tell = (line: string) => void;

/**
 * A control plane with every CustomResourceDefinition of the lock: etcd begins with a copy of a kept data folder. The
 * first call on a machine, or after a change of a version or a definition, makes that folder.
 */
export async function startControlPlane(
    args: Omit<StartArgs, "data"> = {},
    tell: Tell = () => undefined,
): Promise<ControlPlane> {
    return startPrograms({ ...args, data: await bakedData(readLock(), tell) });
}

/** Path of the kept data folder for this lock, made from the definitions themselves when it is not there. */
export async function bakedData(lock: Lock, tell: Tell): Promise<string> {
    const home = resolve(cacheFolder(process.env), "../control-plane");
    const path = join(home, keyOf(lock));
    if (existsSync(path)) {
        return path;
    }
    mkdirSync(home, { recursive: true });
    const onWait = (): void => {
        tell("another process loads the CustomResourceDefinitions; waiting for it");
    };
    await withLock(`${path}.lock`, { onWait }, async () => {
        if (!existsSync(path)) {
            await bake(readCrds(crdsFolder(), lock), path, tell);
            sweep(home, path);
        }
    });
    return path;
}

async function bake(crds: readonly KubeObject[], path: string, tell: Tell): Promise<void> {
    const begin = Date.now();
    const plane = await startPrograms({ extras: [] });
    const part = `${path}.${process.pid}.part`;
    try {
        await loadCrds(plane.client, crds);
        await plane.stopAndKeep(async (data) => {
            await cp(data, part, { recursive: true });
            renameSync(part, path);
        });
    } finally {
        rmSync(part, { recursive: true, force: true });
        await plane.stop();
    }
    tell(
        `${crds.length} CustomResourceDefinitions loaded in ${((Date.now() - begin) / 1000).toFixed(1)} s, kept in ${path}`,
    );
}

// The lock holds the hash of every file, so that the files, 26 MB of YAML, need not be read for a warm start.
function keyOf(lock: Lock): string {
    // A tool's path holds the hash of all that decides its bytes.
    const tools = ["etcd", "kube-apiserver"].map((name) => toolPath(name));
    return createHash("sha256")
        .update(JSON.stringify([recipe, tools, lock]))
        .digest("hex")
        .slice(0, 16);
}

function sweep(home: string, keep: string): void {
    for (const name of readdirSync(home)) {
        const path = join(home, name);
        if (path !== keep && Date.now() - statSync(path).mtimeMs > keepMs) {
            rmSync(path, { recursive: true, force: true });
        }
    }
}
