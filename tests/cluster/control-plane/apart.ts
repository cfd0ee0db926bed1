import { spawn, spawnSync } from "node:child_process";
import { createServer, connect, type NetConnectOpts } from "node:net";

/**
 * For programs that listen on every address and have no flag against it: they get a network of their own, with nothing in
 * it but a loopback interface. A unix socket leads from there to the API server, since files know no networks.
 *
 * `door <socket> <port>` runs outside and leads the socket to the port. `inside <socket> <port> <command> [<argument>...]`
 * runs in the new network, leads the same port there to the socket, and runs the command.
 */
const [mode, socket = "", port = "", command = "", ...args] = process.argv.slice(2);

/** Passes every connection on; one end's loss is the other's. */
function lead(from: string | { readonly host: string; readonly port: number }, to: NetConnectOpts, ready: () => void) {
    const server = createServer((incoming) => {
        const outgoing = connect(to);
        incoming.pipe(outgoing).pipe(incoming);
        incoming.on("error", () => outgoing.destroy());
        outgoing.on("error", () => incoming.destroy());
    });
    server.listen(from, ready);
}

const apiServer = { host: "127.0.0.1", port: Number(port) };

if (mode === "door") {
    lead(socket, apiServer, () => {
        console.log("open");
    });
} else {
    const up = spawnSync("ip", ["link", "set", "lo", "up"], { encoding: "utf8" });
    if (up.status !== 0) {
        throw new Error(`the loopback interface stays down, is iproute2 installed? ${up.error?.message ?? up.stderr}`);
    }
    lead(apiServer, { path: socket }, () => {
        // It is the first process of its own process table too: when it goes, the system ends the command with it.
        spawn(command, args, { stdio: "inherit" }).on("exit", (code) => process.exit(code ?? 1));
    });
}
