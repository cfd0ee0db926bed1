import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How far a `go build -v` has come. */
export interface GoStatus {
    readonly downloaded: number;
    readonly compiled: number;
    readonly ms: number;
}

export interface GoCall {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly onStatus: (status: GoStatus) => void;
    readonly signal?: AbortSignal;
}

export interface GoRun {
    readonly code: number;
    /** The last lines of output that are not progress. */
    readonly tail: readonly string[];
    readonly ms: number;
}

const TAIL_LINES = 20;

/**
 * Runs `go` and counts what it reports.
 *
 * @throws Error when `go` cannot be started or `signal` ended it; a build that fails is an answer, not an error.
 */
export async function runGo({ args, cwd, env, onStatus, signal }: GoCall): Promise<GoRun> {
    const started = Date.now();
    const tail: string[] = [];
    const counts = { downloaded: 0, compiled: 0 };
    // SIGINT: `go` stops its compilers and removes its work folder, which it does not on SIGTERM.
    const child = spawn("go", args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
    const stop = (): void => {
        child.kill("SIGINT");
    };
    signal?.addEventListener("abort", stop);
    createInterface({ input: child.stderr }).on("line", (line) => {
        take(line, counts, tail);
    });
    const ticker = setInterval(() => {
        onStatus({ ...counts, ms: Date.now() - started });
    }, 1000);
    try {
        const code = await new Promise<number>((resolve, reject) => {
            child.on("error", reject);
            child.on("close", (status) => {
                resolve(status ?? 1);
            });
        });
        signal?.throwIfAborted();
        return { code, tail, ms: Date.now() - started };
    } finally {
        clearInterval(ticker);
        signal?.removeEventListener("abort", stop);
    }
}

/** `-v` names each package it compiles on a line of its own; whatever else has a blank in it is worth showing. */
function take(line: string, counts: { downloaded: number; compiled: number }, tail: string[]): void {
    if (line.startsWith("go: downloading ")) {
        counts.downloaded += 1;
    } else if (/^\S+$/.test(line)) {
        counts.compiled += 1;
    } else if (line.trim() !== "") {
        tail.push(line);
        tail.splice(0, Math.max(0, tail.length - TAIL_LINES));
    }
}
