import assert from "node:assert/strict";

import { cachesOf } from "./caches";

describe("what services get of the caches (CA-01, DB-17)", () => {
    const nodes = (store: string) =>
        ["0-a", "1-a", "2-a", "0-b", "1-b", "2-b"]
            .map((member) => `${store}-${member}-0.${store}-nodes.cache.svc.cluster.local:6379`)
            .join(",");

    it("is a list of nodes, and their user", async () => {
        const { settings } = await cachesOf("gcp", "prod");
        assert.deepEqual(await settings("valkey-state", "order"), {
            NODES: nodes("valkey-state"),
            USER: "order",
            TLS: "true",
        });
        assert.deepEqual(await settings("valkey-cache", "product"), {
            NODES: nodes("valkey-cache"),
            USER: "product",
            TLS: "true",
        });
    });
});
