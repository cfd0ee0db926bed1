import { spawn, type ChildProcess } from "node:child_process";
import { openSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

import type { SupervisorCommand, SupervisorEvent } from "./supervised";

/**
 * A process between a test run and the programs of its control plane. The programs are its children. When its standard
 * input closes, which the kernel does however the parent exits (normally, Ctrl-C, an exception, kill -9), it kills them
 * and removes their folder. It has its own session, so that Ctrl-C in the terminal does not reach the programs.
 */
const folder = process.argv[2];
if (folder === undefined) {
    throw new Error("supervisor needs the folder of the run as its argument");
}
const children = new Map<string, ChildProcess>();

/** Limit for killed processes to disappear from the process table, in milliseconds. */
const killLimitMs = 30_000;

function report(event: SupervisorEvent): void {
    process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Kills what is left of a program: Pgpool-II's processes outlive their killed parent. */
function killGroup({ pid }: ChildProcess): void {
    try {
        process.kill(-(pid ?? NaN), "SIGKILL");
    } catch {
        // The group has no process left.
    }
}

function start({ id, command, args, env, log }: SupervisorCommand & { readonly op: "start" }): void {
    const file = openSync(log, "a", 0o600);
    const child = spawn(command, args, {
        cwd: folder,
        env: { ...process.env, ...env },
        stdio: ["ignore", file, file],
        // A process group of its own, see killGroup.
        detached: true,
    });
    children.set(id, child);
    child.on("error", (error) => {
        children.delete(id);
        report({ event: "exit", id, status: error.message });
    });
    child.on("exit", (code, signal) => {
        children.delete(id);
        killGroup(child);
        report({ event: "exit", id, status: signal ?? `code ${code ?? "unknown"}` });
    });
    if (child.pid !== undefined) {
        report({ event: "started", id, pid: child.pid });
    }
}

function end(): void {
    for (const child of children.values()) {
        child.kill("SIGKILL");
    }
    // A killed process may write to the folder until it has exited.
    const deadline = Date.now() + killLimitMs;
    const removeFolder = (): void => {
        if (children.size > 0 && Date.now() < deadline) {
            setTimeout(removeFolder, 10);
            return;
        }
        rmSync(folder ?? "", { recursive: true, force: true, maxRetries: 5 });
        process.exit(0);
    };
    removeFolder();
}

const commands = createInterface({ input: process.stdin });
commands.on("line", (line) => {
    const command = JSON.parse(line) as SupervisorCommand;
    if (command.op === "start") {
        start(command);
    } else {
        children.get(command.id)?.kill(command.signal);
    }
});
commands.on("close", end);
// EPIPE after the parent exited; `close` above follows.
process.stdout.on("error", () => undefined);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, end);
}
