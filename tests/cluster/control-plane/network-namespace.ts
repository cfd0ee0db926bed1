import { spawn, spawnSync } from "node:child_process";
import { createServer, connect, type NetConnectOpts } from "node:net";

/**
 * Runs a program that listens on every address, and has no flag to prevent that, in a Linux network namespace with only a
 * loopback interface. A unix socket connects it to the API server, because sockets in the file system work across
 * network namespaces.
 *
 * `forward <socket> <port>` runs outside and forwards the socket to the port.
 * `inside <socket> <port> <command> [<argument>...]` runs in the namespace, forwards the port to the socket, and runs the
 * command.
 */
const [mode, socket = "", port = "", command = "", ...args] = process.argv.slice(2);

/** Forwards every connection; an error on one side closes the other. */
function forward(
    from: string | { readonly host: string; readonly port: number },
    to: NetConnectOpts,
    ready: () => void,
) {
    const server = createServer((incoming) => {
        const outgoing = connect(to);
        incoming.pipe(outgoing).pipe(incoming);
        incoming.on("error", () => outgoing.destroy());
        outgoing.on("error", () => incoming.destroy());
    });
    server.listen(from, ready);
}

const apiServer = { host: "127.0.0.1", port: Number(port) };

if (mode === "forward") {
    forward(socket, apiServer, () => {
        console.log("open");
    });
} else {
    const up = spawnSync("ip", ["link", "set", "lo", "up"], { encoding: "utf8" });
    if (up.status !== 0) {
        throw new Error(
            `cannot bring the loopback interface up, is iproute2 installed? ${up.error?.message ?? up.stderr}`,
        );
    }
    forward(apiServer, { path: socket }, () => {
        // This process is PID 1 of a PID namespace: when it exits, the kernel kills the command.
        spawn(command, args, { stdio: "inherit" }).on("exit", (code) => process.exit(code ?? 1));
    });
}
