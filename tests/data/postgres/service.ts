import { createServer, connect, type Server as Listener, type Socket } from "node:net";

import type { Server } from "../harness/postgres";

/**
 * A Service on loopback that follows the roles of servers, as `postgres-rw` and `postgres-ro` do: it refuses connections while
 * it has no endpoint, and connections end with the server that they are to.
 */
export class FollowingService {
    private listener: Listener | undefined;
    private readonly sockets = new Set<Socket>();

    public constructor(public readonly port: number) {}

    /** Sends new connections to the server, or refuses them without one. */
    public async to(server: Pick<Server, "port"> | undefined): Promise<void> {
        await this.end();
        if (server === undefined) {
            return;
        }
        const listener = createServer((client) => {
            const upstream = connect(server.port, "127.0.0.1");
            for (const [one, other] of [
                [client, upstream],
                [upstream, client],
            ] as const) {
                this.sockets.add(one);
                one.on("error", () => undefined);
                one.on("close", () => {
                    this.sockets.delete(one);
                    other.destroy();
                });
                one.pipe(other);
            }
        });
        this.listener = listener;
        await new Promise<void>((resolve, reject) => {
            listener.once("error", reject);
            listener.listen(this.port, "127.0.0.1", resolve);
        });
    }

    /** Refuses connections and ends those that there are. */
    public async end(): Promise<void> {
        const { listener } = this;
        this.listener = undefined;
        for (const socket of this.sockets) {
            socket.destroy();
        }
        await new Promise<void>((resolve) => {
            if (listener === undefined) {
                resolve();
            } else {
                listener.close(() => {
                    resolve();
                });
            }
        });
    }
}
