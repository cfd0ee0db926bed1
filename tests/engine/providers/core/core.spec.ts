import assert from "node:assert/strict";
import { Agent, request, type IncomingHttpHeaders } from "node:http";
import { overlap, parseCidr, within } from "./cidr";
import { below, diff } from "./diff";
import { MemoryStore } from "./store";
import { RemoteStore, serveStore } from "./store-server";
import { Unknown, type Bag } from "./value";
import { decode, encode, withSecretProperties } from "./wire";

describe("engine stand-ins: core", () => {
    it("decodes encoded values, including secrets and unknowns", () => {
        const bag: Bag = { plain: { list: [1, "two", true, null] }, token: "hush", later: Unknown.value };
        const { value, secrets } = decode(encode(bag, withSecretProperties(new Set(), ["token"])));
        assert.deepEqual(value, bag);
        assert.deepEqual([...secrets], ['["token"]']);
    });

    it("decodes and encodes nested secrets", () => {
        const deep = encode({ data: { password: "hush", user: "shop" } }, new Set(['["data","password"]']));
        const { value, secrets } = decode(deep);
        assert.deepEqual(encode(value, secrets).toJavaScript(), deep.toJavaScript());
        assert.deepEqual([...secrets], ['["data","password"]']);
    });

    it("does not encode a secret within a secret", () => {
        const wrapped = encode({ data: { password: "hush" } }, new Set(['["data"]', '["data","password"]']));
        assert.deepEqual([...decode(wrapped).secrets], ['["data"]']);
    });

    it("lists differing properties with Pulumi's paths", () => {
        const before: Bag = {
            spec: { replicas: 1, ports: [{ port: 80 }] },
            labels: { "a/b": "c" },
            gone: 1,
            none: null,
        };
        const after: Bag = { spec: { replicas: 2, ports: [{ port: 80 }, { port: 81 }] }, labels: { "a/b": "d" } };
        assert.deepEqual(diff(before, after), [
            { path: "gone", kind: "delete" },
            { path: 'labels["a/b"]', kind: "update" },
            { path: "spec.ports[1]", kind: "add" },
            { path: "spec.replicas", kind: "update" },
        ]);
        assert.deepEqual(diff(after, after), []);
    });

    it("an unknown value is a change", () => {
        assert.deepEqual(diff({ name: "a" }, { name: Unknown.value }), [{ path: "name", kind: "update" }]);
    });

    it("finds paths below another path", () => {
        assert.equal(below("spec.selector.matchLabels", "spec.selector"), true);
        assert.equal(below("spec.ports[0]", "spec.ports"), true);
        assert.equal(below("spec.selectors", "spec.selector"), false);
    });

    it("compares CIDR blocks", () => {
        assert.equal(parseCidr("10.0.0.1/16"), undefined);
        assert.equal(parseCidr("10.0.0.256/32"), undefined);
        assert.equal(overlap("10.0.0.0/16", "10.0.255.0/24"), true);
        assert.equal(overlap("10.0.0.0/16", "10.1.0.0/16"), false);
        assert.equal(within("10.0.4.0/22", "10.0.0.0/16"), true);
        assert.equal(within("10.0.0.0/8", "10.0.0.0/16"), false);
    });

    it("does not close idle connections of the store's clients", async () => {
        const server = await serveStore(new MemoryStore());
        const agent = new Agent({ keepAlive: true });
        try {
            const headers = await new Promise<IncomingHttpHeaders>((resolve, reject) => {
                const body = JSON.stringify({ operation: "list", bucket: "bucket" });
                request(server.address, { method: "POST", agent }, (response) => {
                    response.resume().on("end", () => {
                        resolve(response.headers);
                    });
                })
                    .on("error", reject)
                    .end(body);
            });
            assert.equal(headers.connection, "keep-alive");
            // Node announces here after how many seconds it closes an idle connection.
            assert.equal(headers["keep-alive"], undefined);
        } finally {
            agent.destroy();
            await server.close();
        }
    });

    it("serves one store on loopback to several clients, and refuses other paths", async () => {
        const store = new MemoryStore();
        const server = await serveStore(store);
        const [one, other] = [new RemoteStore(server.address), new RemoteStore(server.address)];
        try {
            assert.match(server.address, /^http:\/\/127\.0\.0\.1:/);
            assert.equal(await one.create("bucket", "key", { a: 1 }), true);
            assert.equal(await other.create("bucket", "key", { a: 2 }), false);
            await other.put("bucket", "key", { a: 3 });
            assert.deepEqual(await one.get("bucket", "key"), { a: 3 });
            assert.equal(await one.get("bucket", "none"), undefined);
            assert.deepEqual(await one.list("bucket"), [{ key: "key", value: { a: 3 } }]);
            assert.deepEqual(store.remaining(), ["bucket: key"]);
            await assert.rejects(new RemoteStore(new URL("/guess", server.address).href).list("bucket"), /not found/);
            assert.equal(await one.delete("bucket", "key"), true);
            assert.equal(await other.delete("bucket", "key"), false);
            assert.deepEqual(store.remaining(), []);
        } finally {
            await server.close();
        }
    });
});
