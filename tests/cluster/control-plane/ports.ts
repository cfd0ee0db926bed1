import { createServer } from "node:net";

/** A TCP port of the loopback interface that is unused at the time of the call. */
export function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            server.close(() => {
                if (address === null || typeof address === "string") {
                    reject(new Error("the system assigned no port"));
                } else {
                    resolve(address.port);
                }
            });
        });
    });
}
