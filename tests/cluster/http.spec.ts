import assert from "node:assert/strict";
import { Agent, createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import { send, type HttpResponse } from "./control-plane/http";

describe("HTTP client of the control plane", () => {
    let server: Server;
    let agent: Agent;
    let served: string[];
    /** Whether the server resets the connection instead of responding to a request. */
    let resets: (socket: Socket) => boolean;

    beforeEach((done) => {
        agent = new Agent({ keepAlive: true, maxSockets: 1 });
        served = [];
        resets = () => false;
        server = createServer((request, response) => {
            if (resets(request.socket)) {
                request.socket.resetAndDestroy();
            } else {
                served.push(request.url ?? "");
                response.end("ok");
            }
        }).listen(0, "127.0.0.1", done);
    });

    afterEach((done) => {
        agent.destroy();
        server.close(done);
        server.closeAllConnections();
    });

    const get = (path: string, limitMs = 30_000): Promise<HttpResponse> => {
        const url = new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        return send({ url, method: "GET", headers: {}, agent, limitMs });
    };

    it("sends a request again when a reused connection is reset", async () => {
        const used = new Set<Socket>();
        resets = (socket) => used.size === used.add(socket).size;
        await get("/first");
        const { status, body } = await get("/second");
        assert.deepEqual([status, body.toString()], [200, "ok"]);
        assert.deepEqual(served, ["/first", "/second"]);
        assert.equal(used.size, 2);
    });

    it("fails when a new connection is reset", async () => {
        resets = () => true;
        await assert.rejects(get("/"), { message: /^GET \/: (?:read ECONNRESET|socket hang up)$/ });
        assert.deepEqual(served, []);
    });

    it("fails when there is no response before the deadline", async () => {
        server.removeAllListeners("request");
        await assert.rejects(get("/", 50), { message: "GET /: no response in 50 ms" });
    });
});
