import { spawn, type ChildProcess } from "node:child_process";
import { openSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

import type { Order, Report } from "./supervised";

/**
 * Runs as a process of its own between a test run and the programs of its control plane. They are born below it, and it
 * ends them and removes their folder as soon as its standard input closes, which the system does however its parent
 * ends: an orderly close, Ctrl-C, an exception or kill -9. In a session of its own, so that a Ctrl-C meant for the
 * parent does not reach the programs in a random order.
 */
const folder = process.argv[2];
if (folder === undefined) {
    throw new Error("supervisor needs the folder of the run");
}
const children = new Map<string, ChildProcess>();

function report(event: Report): void {
    process.stdout.write(`${JSON.stringify(event)}\n`);
}

function start({ id, command, args, env, log }: Order & { readonly op: "start" }): void {
    const file = openSync(log, "a", 0o600);
    const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", file, file] });
    children.set(id, child);
    child.on("error", (error) => {
        children.delete(id);
        report({ event: "exit", id, how: error.message });
    });
    child.on("exit", (code, signal) => {
        children.delete(id);
        report({ event: "exit", id, how: signal ?? `code ${code ?? "unknown"}` });
    });
    if (child.pid !== undefined) {
        report({ event: "started", id, pid: child.pid });
    }
}

function end(): void {
    for (const child of children.values()) {
        child.kill("SIGKILL");
    }
    // A killed process is gone from the table only a moment later, and may write until then.
    const deadline = Date.now() + 5000;
    const sweep = (): void => {
        if (children.size > 0 && Date.now() < deadline) {
            setTimeout(sweep, 10);
            return;
        }
        rmSync(folder ?? "", { recursive: true, force: true, maxRetries: 5 });
        process.exit(0);
    };
    sweep();
}

const orders = createInterface({ input: process.stdin });
orders.on("line", (line) => {
    const order = JSON.parse(line) as Order;
    if (order.op === "start") {
        start(order);
    } else {
        children.get(order.id)?.kill(order.signal);
    }
});
orders.on("close", end);
// Nobody reads any more: the parent is gone, and `close` above is about to come.
process.stdout.on("error", () => undefined);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, end);
}
