import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Fault } from "../fault";
import type { RenderedFile } from "./files";

/** A stack's folder below the output folder. */
export interface StackFiles {
    readonly stack: string;
    readonly files: readonly RenderedFile[];
}

/**
 * Replaces the folders of all given stacks below `out`, or none: everything is written beside them first and moved into
 * place at the end.
 *
 * @throws Fault where `out` cannot be written to, and where a folder of that name is there that is no plan: it is left
 * alone.
 */
export function writeStacks(out: string, stacks: readonly StackFiles[]): void {
    for (const { stack } of stacks) {
        demandReplaceable(join(out, stack));
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

/** Beside the target, so that moving into place is one step of the file system. */
function workFolder(out: string): string {
    try {
        makeFolder(out);
        return mkdtempSync(join(out, ".plan-"));
    } catch (error) {
        throw new Fault(`${out} cannot be written to: ${error instanceof Error ? error.message : String(error)}.`);
    }
}

/**
 * Makes a folder and those above it, one by one: Node's own recursive way never ends where the file system refuses to
 * make a folder in one that is there, as /proc does.
 */
function makeFolder(folder: string): void {
    if (!existsSync(folder)) {
        makeFolder(dirname(folder));
        mkdirSync(folder);
    }
}

function demandReplaceable(folder: string): void {
    if (existsSync(folder) && !existsSync(join(folder, "plan.json")) && readdirSync(folder).length > 0) {
        throw new Fault(`${folder} holds something that is no plan; it is left as it is. Give another --out.`);
    }
}

function writeFiles(folder: string, files: readonly RenderedFile[]): void {
    const made = new Set<string>();
    for (const { path, text } of files) {
        const target = join(folder, path);
        const parent = dirname(target);
        if (!made.has(parent)) {
            mkdirSync(parent, { recursive: true });
            made.add(parent);
        }
        writeFileSync(target, text);
    }
}

/** Moves the old folders out and the new ones in; when a move fails, those before it are undone. */
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
