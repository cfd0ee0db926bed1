import { existsSync, renameSync, writeFileSync } from "node:fs";

import { type ImageLock, readLock } from "../../config/image-lock";
import { failureOf } from "../plan/failure";
import { stackNames } from "../plan/record/stack-config";
import type { Paint } from "../plan/report/paint";
import { plural } from "../plan/report/report";
import { type CommandLine, help, parseCommandLine } from "./args";
import { type Change, changesOf, lockText, nextLock } from "./changes";
import { lookUpAll } from "./look-up";
import { type ClientSettings, RegistryClient } from "./registry/client";
import { imagesOfStack, wantedImages } from "./wanted";

/** The environment of the command. */
export interface PinImagesIo {
    /** Folder with the stack files. */
    readonly root: string;
    readonly lockFile: string;
    readonly client: ClientSettings;
    /** Date of the look-ups, as 2026-11-21. */
    readonly date: string;
    readonly stdout: (text: string) => void;
    readonly stderr: (text: string) => void;
    /** Styles of the standard output. */
    readonly paint: Paint;
}

/** Runs the command and returns its exit code. */
export async function pinImages(args: readonly string[], io: PinImagesIo): Promise<number> {
    try {
        const line = parseCommandLine(args);
        if (line.help) {
            io.stdout(help.trimEnd());
            return 0;
        }
        return await run(line, io);
    } catch (error) {
        const { text, code } = failureOf(error);
        io.stderr(`error: ${text}`);
        return code;
    }
}

/** A missing lock is an empty one to the command that writes it. */
function lockBefore({ check }: CommandLine, lockFile: string): ImageLock {
    return check || existsSync(lockFile) ? readLock(lockFile) : { images: {} };
}

async function run(line: CommandLine, io: PinImagesIo): Promise<number> {
    const lock = lockBefore(line, io.lockFile);
    const all = line.stacks.length === 0 && line.cloud === undefined;
    const stacks = line.stacks.length === 0 ? stackNames(io.root) : line.stacks;
    const wanted = wantedImages(
        stacks.map((stack) => imagesOfStack(io.root, stack, line.cloud)),
        line.platforms,
    );
    io.stderr(`Looking up ${plural(wanted.length, "image")} of ${stacks.join(", ")}`);
    const results = await lookUpAll(new RegistryClient(io.client), wanted);
    const changes = changesOf(lock, results, all);
    changes.forEach((change) => {
        io.stdout(changeLine(change, io.paint));
    });
    const counts = (["failed", "moved", "added", "removed", "unchanged"] as const).flatMap((kind) => {
        const count = changes.filter((change) => change.kind === kind).length;
        return count === 0 ? [] : [`${count} ${kind}`];
    });
    const problem = problemOf(line, changes);
    io.stdout(`images.lock.json: ${counts.join(", ") || "no images"}`);
    if (problem !== undefined) {
        io.stderr(`error: ${problem}`);
        return 1;
    }
    if (!line.check) {
        // Renamed into place: an aborted run leaves the old lock.
        const temporary = `${io.lockFile}.new`;
        writeFileSync(temporary, lockText(nextLock(lock, results, all, io.date)));
        renameSync(temporary, io.lockFile);
    }
    return 0;
}

/** Why the run fails; undefined if the lock may be written, or is complete. */
function problemOf({ check, update }: CommandLine, changes: readonly Change[]): string | undefined {
    const has = (kind: Change["kind"]): boolean => changes.some((change) => change.kind === kind);
    if (has("failed")) {
        return "not every image could be looked up; images.lock.json is as it was";
    }
    if (has("moved") && !update) {
        return "a tag is another image than when it was looked up; find out why, then run npm run pin-images -- --update";
    }
    return check && (has("added") || has("removed"))
        ? "images.lock.json is not complete; run npm run pin-images, and commit it"
        : undefined;
}

const styles = { failed: "red", moved: "yellow", added: "green", removed: "green", unchanged: "dim" } as const;

function changeLine({ kind, image, text }: Change, paint: Paint): string {
    return `${paint(styles[kind], kind.padEnd(9))}  ${image}: ${text}`;
}
