import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Fault } from "../fault";
import type { RenderedFile } from "./files";

/** The files of a stack's folder in the output folder. */
export interface StackFiles {
    readonly stack: string;
    readonly files: readonly RenderedFile[];
}

/**
 * Replaces the folders of all given stacks in `out`, or none: all files are written to a temporary folder first, which is
 * then moved into place.
 *
 * @throws Fault if `out` cannot be written to, or if a stack's folder exists and does not contain a plan.
 */
export function writeStacks(out: string, stacks: readonly StackFiles[]): void {
    for (const { stack } of stacks) {
        requireReplaceable(join(out, stack));
    }
    const work = workFolder(out);
    try {
        for (const { stack, files } of stacks) {
            writeFiles(join(work, "new", stack), files);
        }
        swap(
            stacks.map(({ stack }) => stack),
            out,
            work,
        );
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

/** A temporary folder in `out`, so that moving a folder into place is one rename in the same file system. */
function workFolder(out: string): string {
    try {
        createFolder(out);
        return mkdtempSync(join(out, ".plan-"));
    } catch (error) {
        throw new Fault(`${out} cannot be written to: ${error instanceof Error ? error.message : String(error)}.`);
    }
}

/**
 * Creates a folder and its parents one by one. Node's recursive mkdir does not terminate if the file system rejects a new
 * folder in an existing one, as /proc does.
 */
function createFolder(folder: string): void {
    if (!existsSync(folder)) {
        createFolder(dirname(folder));
        mkdirSync(folder);
    }
}

function requireReplaceable(folder: string): void {
    if (existsSync(folder) && !existsSync(join(folder, "plan.json")) && readdirSync(folder).length > 0) {
        throw new Fault(`${folder} exists and does not contain a plan; it was not changed. Give another --out.`);
    }
}

function writeFiles(folder: string, files: readonly RenderedFile[]): void {
    const created = new Set<string>();
    for (const { path, text } of files) {
        const target = join(folder, path);
        const parent = dirname(target);
        if (!created.has(parent)) {
            mkdirSync(parent, { recursive: true });
            created.add(parent);
        }
        writeFileSync(target, text);
    }
}

/** Moves the old folders away and the new ones into place. If a move fails, the previous ones are undone. */
function swap(stacks: readonly string[], out: string, work: string): void {
    mkdirSync(join(work, "old"));
    const undo: (() => void)[] = [];
    const move = (from: string, to: string): void => {
        renameSync(from, to);
        undo.unshift(() => {
            renameSync(to, from);
        });
    };
    try {
        for (const stack of stacks) {
            const target = join(out, stack);
            if (existsSync(target)) {
                move(target, join(work, "old", stack));
            }
            move(join(work, "new", stack), target);
        }
    } catch (error) {
        undo.forEach((step) => {
            step();
        });
        throw error;
    }
}
