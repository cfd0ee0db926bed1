import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Progress of a `go build -v`. */
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
 * Runs `go` and counts downloaded modules and compiled packages. A failed build is a result with its exit code.
 *
 * @throws Error when `go` cannot be started or `signal` aborts it.
 */
export async function runGo({ args, cwd, env, onStatus, signal }: GoCall): Promise<GoRun> {
    const started = Date.now();
    const tail: string[] = [];
    const counts = { downloaded: 0, compiled: 0 };
    const child = spawn("go", args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
    const stop = (): void => {
        // On SIGINT `go` stops its compilers and removes its work folder, on SIGTERM it does not.
        child.kill("SIGINT");
    };
    signal?.addEventListener("abort", stop);
    createInterface({ input: child.stderr }).on("line", (line) => {
        recordLine(line, counts, tail);
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

/** `go build -v` prints each compiled package on a line; lines with spaces are errors and go to the tail. */
function recordLine(line: string, counts: { downloaded: number; compiled: number }, tail: string[]): void {
    if (line.startsWith("go: downloading ")) {
        counts.downloaded += 1;
    } else if (/^\S+$/.test(line)) {
        counts.compiled += 1;
    } else if (line.trim() !== "") {
        tail.push(line);
        tail.splice(0, Math.max(0, tail.length - TAIL_LINES));
    }
}
