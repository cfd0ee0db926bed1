import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { projectRoot } from "../plan";

/** A command with what it needs besides. */
export interface Command {
    readonly args: readonly string[];
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
}

/** What a finished command said and took. */
export interface Finished {
    readonly stdout: string;
    /** Wall time in milliseconds, from start to exit. */
    readonly wall: number;
    /** Processor time in milliseconds of the Node process and of those that it starts. */
    readonly processor: number;
}

/** Every Node process adds its processor time to this file's target when it ends. */
const usageHook = join(__dirname, "usage-hook.js");

/** Node with TypeScript by tsx, as everything of the project runs. */
export function tsx(file: string, ...args: readonly string[]): Command {
    return { args: ["--require", "tsx/cjs", join(__dirname, file), ...args] };
}

/** Runs Node to its end. @throws Error with what the command wrote when it fails. */
export function run({ args, cwd, env }: Command): Finished {
    const usage = join(mkdtempSync(join(tmpdir(), "usage-")), "usage");
    writeFileSync(usage, "");
    const start = performance.now();
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [...args], {
        cwd: cwd ?? projectRoot,
        encoding: "utf8",
        env: { ...process.env, ...env, NODE_OPTIONS: `--require ${usageHook}`, BENCH_USAGE: usage },
        maxBuffer: 2 ** 26,
    });
    const wall = performance.now() - start;
    if (error !== undefined || status !== 0) {
        throw new Error(`node ${args.join(" ")} failed: ${error?.message ?? stderr}`);
    }
    const processor = readFileSync(usage, "utf8")
        .split("\n")
        .reduce((sum, line) => sum + Number(line), 0);
    rmSync(dirname(usage), { recursive: true });
    return { stdout, wall, processor };
}

/**
 * Runs each of some things in turn, `rounds` times over: whatever else the machine does meets them all alike. Results
 * come in the order of the things.
 */
export function interleaved<T>(rounds: number, things: readonly (() => T)[]): T[][] {
    const results = things.map((): T[] => []);
    for (let round = 0; round < rounds; round++) {
        things.forEach((thing, index) => results[index]?.push(thing()));
    }
    return results;
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const upper = sorted[middle] ?? NaN;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
