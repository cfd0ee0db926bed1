import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { challengesOf } from "../../../../tools/pin-images/registry/challenge";
import { type ClientSettings, RegistryClient } from "../../../../tools/pin-images/registry/client";
import type { Credentials } from "../../../../tools/pin-images/registry/credentials";
import { apiOf, parseReference } from "../../../../tools/pin-images/registry/reference";
import { resolveImage } from "../../../../tools/pin-images/registry/resolve";
import { RegistryServer } from "../server";

const path = "GET /v2/shop/web/manifests/1.0";

describe("a registry's authentication", () => {
    let server: RegistryServer;
    let digest: string;

    beforeEach(async () => {
        server = await new RegistryServer().start();
        digest = server.list("shop/web", "1.0", ["linux/amd64"]);
        server.list("shop/other", "1.0", ["linux/amd64"]);
    });
    afterEach(() => server.stop());

    function client(credentials?: Credentials, own: Partial<ClientSettings> = {}): RegistryClient {
        const all = { fetch, timeoutMs: 5000, pausesMs: [], credentials: () => Promise.resolve(credentials), ...own };
        return new RegistryClient(all);
    }

    const resolve = async (using: RegistryClient, name = "shop/web") =>
        (await resolveImage(using, parseReference(`${server.host}/${name}:1.0`), ["linux/amd64"])).digest;

    const refuses = (using: RegistryClient, message: string) =>
        assert.rejects(resolve(using), { name: "RegistryError", message: message.replaceAll("HOST", server.host) });

    it("is an anonymous token of the server that the challenge names, once for each repository", async () => {
        server.authentication = { kind: "anonymous token" };
        const one = client();
        assert.equal(await resolve(one), digest);
        await resolve(one, "shop/other");
        const token = (name: string) => `GET /token?service=registry.test&scope=repository%3Ashop%2F${name}%3Apull`;
        const first = (name: string) => `GET /v2/shop/${name}/manifests/1.0`;
        const childs = server.requests.filter((line) => line.includes("/manifests/sha256:"));
        assert.deepEqual(server.requests, [
            ...[first("web"), token("web"), first("web"), childs[0]],
            ...[first("other"), token("other"), first("other"), childs[1]],
        ]);
    });

    it("is a token for a user and password, or for an identity token", async () => {
        server.authentication = { kind: "token", user: "ci", password: "p:w", identityToken: "identity" };
        assert.equal(await resolve(client({ username: "ci", password: "p:w" })), digest);
        assert.equal(await resolve(client({ identityToken: "identity" })), digest);
        assert.ok(server.requests.includes("POST /token"));
    });

    it("is a user and a password themselves", async () => {
        server.authentication = { kind: "basic", user: "ci", password: "pw" };
        assert.equal(await resolve(client({ username: "ci", password: "pw" })), digest);
    });

    it("is refused with what to do, and without the secret", async () => {
        server.authentication = { kind: "token", user: "ci", password: "pw" };
        await refuses(client(), "HOST gives no token for shop/web on HOST (401); run docker login HOST");
        const wrong = { username: "ci", password: "wrong" };
        const refused =
            "HOST gives no token for shop/web on HOST (401); its credentials are refused; run docker login HOST";
        await refuses(client(wrong), refused);
        server.authentication = { kind: "basic", user: "ci", password: "pw" };
        await refuses(client(), "HOST asks for a user name and a password; run docker login HOST");
        const denied = "denies access to shop/web (401); run docker login HOST with an account that may pull it";
        await refuses(client(wrong), `HOST ${denied}`);
        server.authentication = { kind: "none" };
        server.faults.set(path, [{ status: 403 }]);
        await refuses(client(), `HOST ${denied.replace("401", "403")}`);
        server.faults.set(path, [{ status: 401, headers: { "www-authenticate": "Negotiate" } }]);
        await refuses(client(), "HOST offers no authentication that is known here: negotiate");
        server.faults.set(path, [{ status: 401 }]);
        await refuses(client(), "HOST offers no authentication that is known here: none");
    });

    it("sends credentials over https only, except within this machine", async () => {
        const challenge = (realm: string) => [
            { status: 401, headers: { "www-authenticate": `Bearer realm="${realm}"` } },
        ];
        for (const realm of ["http://auth.example.com/token", "ftp://127.0.0.1/token", "token"]) {
            server.faults.set(path, challenge(realm));
            const message = `HOST names the token server ${realm}, which is not an https address`;
            await refuses(client({ username: "ci", password: "pw" }), message);
        }
        server.faults.set(path, [{ status: 401, headers: { "www-authenticate": 'Bearer service="a"' } }]);
        await refuses(client(), "HOST names the token server (none), which is not an https address");
    });

    it("goes to the hosts that names stand for, over http on this machine only", () => {
        assert.equal(apiOf("docker.io"), "https://registry-1.docker.io");
        assert.equal(apiOf("quay.io"), "https://quay.io");
        assert.equal(apiOf("127.0.0.1:5000"), "http://127.0.0.1:5000");
        assert.equal(apiOf("localhost"), "http://localhost");
        assert.equal(apiOf("localhost.example.com"), "https://localhost.example.com");
        assert.equal(apiOf("127.example.com"), "https://127.example.com");
    });

    it("is parsed by the standard: several challenges, quoted commas, names in any case", () => {
        assert.deepEqual(challengesOf('Basic realm="a, b", BEARER Realm="https://x/t?a=b",Service=y, Negotiate'), [
            { scheme: "basic", parameters: { realm: "a, b" } },
            { scheme: "bearer", parameters: { realm: "https://x/t?a=b", service: "y" } },
            { scheme: "negotiate", parameters: {} },
        ]);
        assert.deepEqual(challengesOf('Bearer scope="repository:a:pull,push",realm="a\\"b"'), [
            { scheme: "bearer", parameters: { scope: "repository:a:pull,push", realm: 'a"b' } },
        ]);
        assert.deepEqual(challengesOf(""), []);
    });

    describe("when the registry is overloaded or away", () => {
        const busy = (status: number, headers = {}) => ({ status, headers });

        it("is tried again after the pauses, or after the one that the registry asks for", async () => {
            server.faults.set(path, [busy(503), busy(429, { "retry-after": "0" }), busy(500)]);
            const start = performance.now();
            assert.equal(await resolve(client(undefined, { pausesMs: [20, 60_000, 20] })), digest);
            assert.ok(performance.now() - start < 10_000);
            assert.equal(server.requests.filter((line) => line === path).length, 4);
        });

        it("is an error after the last attempt", async () => {
            server.faults.set(path, [busy(503), busy(502), busy(429)]);
            const later = "check the network and the proxy, or try again later";
            await refuses(client(undefined, { pausesMs: [1, 1] }), `HOST answers 429, 3 times; ${later}`);
            server.faults.set(path, [busy(503)]);
            await refuses(client(), `HOST answers 503; ${later}`);
            assert.equal(server.requests.length, 4);
        });

        it("is not tried again for other answers", async () => {
            server.faults.set(path, [busy(404)]);
            await assert.rejects(resolve(client(undefined, { pausesMs: [1, 1] })), { name: "RegistryError" });
            assert.equal(server.requests.length, 1);
        });

        it("has a limit of time for each attempt", async () => {
            const slow: typeof fetch = async (input, init) => {
                await sleep(60_000, undefined, init?.signal ? { signal: init.signal } : {}).catch(() => undefined);
                return fetch(input, init);
            };
            const message =
                "HOST does not answer within 0.05 s, 2 times; check the network and the proxy, or try again later";
            await refuses(client(undefined, { fetch: slow, timeoutMs: 50, pausesMs: [1] }), message);
        });

        it("names the reason of a failed connection", async () => {
            await server.stop();
            const host = "127.0.0.1:1";
            await assert.rejects(resolveImage(client(), parseReference(`${host}/shop/web:1.0`)), {
                message:
                    /^127\.0\.0\.1:1 cannot be reached \(.+\); check the network and the proxy, or try again later$/,
            });
            await server.start();
        });
    });
});
