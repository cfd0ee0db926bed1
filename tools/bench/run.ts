import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { projectRoot } from "../plan";

/** A Node command. */
export interface Command {
    readonly args: readonly string[];
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
}

/** Output and resource usage of a finished command. */
export interface Finished {
    readonly stdout: string;
    /** Wall-clock time from start to exit, in milliseconds. */
    readonly wall: number;
    /** CPU time of the Node process and its Node children, in milliseconds. */
    readonly processor: number;
}

/** Preloaded script that records the CPU time of every Node process. */
const usageHook = join(__dirname, "usage-hook.js");

/** A TypeScript file of this folder, run with tsx. */
export function tsx(file: string, ...args: readonly string[]): Command {
    return { args: ["--require", "tsx/cjs", join(__dirname, file), ...args] };
}

/** Runs a command. @throws Error with its error output when it fails. */
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
 * Runs the measurements in turn, `rounds` times, so that other load on the machine affects all of them. Results are in the
 * order of the measurements.
 */
export function interleaved<T>(rounds: number, measurements: readonly (() => T)[]): T[][] {
    const results = measurements.map((): T[] => []);
    for (let round = 0; round < rounds; round++) {
        measurements.forEach((measure, index) => results[index]?.push(measure()));
    }
    return results;
}

/** Median; for an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const upper = sorted[middle] ?? NaN;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
