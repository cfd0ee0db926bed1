import { spawn, spawnSync } from "node:child_process";
import { createServer, connect } from "node:net";

import { forwardsInside, forwardsOutside, type Endpoint, type Forward, type Isolation } from "./isolation";

/**
 * Runs a program that listens on every address, and has no flag to prevent that, in a Linux network namespace with only a
 * loopback interface. Unix sockets connect it to the API server, and the API server to its webhooks, because sockets in
 * the file system work across network namespaces.
 *
 * `outside <isolation>` runs outside and forwards the program's calls to the API server, and those of the API server to
 * the program.
 * `inside <isolation> <command> [<argument>...]` runs in the namespace, does the same at the other ends of the sockets,
 * and runs the command.
 */
const [mode, isolation = "", command = "", ...args] = process.argv.slice(2);
const plan = JSON.parse(isolation) as Isolation;

function address(endpoint: Endpoint): { readonly host: string; readonly port: number } | { readonly path: string } {
    return typeof endpoint === "string" ? { path: endpoint } : { host: "127.0.0.1", port: endpoint };
}

/** Forwards every connection; an error on one side closes the other. */
function forward({ listen, connect: target }: Forward): Promise<void> {
    const server = createServer((incoming) => {
        const outgoing = connect(address(target));
        incoming.pipe(outgoing).pipe(incoming);
        incoming.on("error", () => outgoing.destroy());
        outgoing.on("error", () => incoming.destroy());
    });
    return new Promise((resolve) => {
        server.listen(address(listen), resolve);
    });
}

function ip(purpose: string, ...options: readonly string[]): void {
    const { status, error, stderr } = spawnSync("ip", options, { encoding: "utf8" });
    if (status !== 0) {
        throw new Error(`cannot ${purpose}, is iproute2 installed? ${error?.message ?? stderr}`);
    }
}

async function outside(): Promise<void> {
    // The API server's socket last: when it exists, the rest is open.
    await Promise.all(forwardsOutside(plan).slice(1).map(forward));
    await Promise.all(forwardsOutside(plan).slice(0, 1).map(forward));
    console.log("open");
}

async function inside(): Promise<void> {
    ip("bring the loopback interface up", "link", "set", "lo", "up");
    if (plan.localAddresses !== undefined) {
        ip("make the pods' addresses local", "route", "add", "local", plan.localAddresses, "dev", "lo");
    }
    await Promise.all(forwardsInside(plan).map(forward));
    // This process is PID 1 of a PID namespace: when it exits, the kernel kills the other processes.
    const run = (program: string, options: readonly string[]): void => {
        spawn(program, [...options], { stdio: "inherit" }).on("exit", (code) => process.exit(code ?? 1));
    };
    if (plan.beside !== undefined) {
        run(process.execPath, ["--require", require.resolve("tsx/cjs"), plan.beside]);
    }
    run(command, args);
}

void (mode === "outside" ? outside() : inside()).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
