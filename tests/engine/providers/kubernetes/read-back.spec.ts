import assert from "node:assert/strict";
import { merge, type Bag } from "../core/value";
import { readBack } from "./read-back";

const inputs: Bag = {
    metadata: { name: "web", labels: { app: "web", team: "shop" } },
    spec: { containers: [{ name: "web", image: "example.com/web:1", cpu: "1000m" }] },
};

/** The object as a server keeps it: a default added, a quantity written in another way. */
const kept: Bag = {
    metadata: { name: "web", uid: "1", labels: { app: "web", team: "shop" } },
    spec: { containers: [{ name: "web", image: "example.com/web:1", cpu: "1", stdin: false }], replicas: 1 },
};

const container = (over: Bag): Bag => ({ name: "web", image: "example.com/web:1", cpu: "1", stdin: false, ...over });

describe("engine stand-ins: read-back", () => {
    it("shows neither a default nor another way to write the same", () => {
        assert.deepEqual(readBack(inputs, kept, kept), inputs);
    });

    it("shows an edited field in a list, and that field only", () => {
        const live = merge(kept, { spec: { containers: [container({ image: "example.com/web:2" })] } });
        const expected = merge(inputs, {
            spec: { containers: [{ name: "web", image: "example.com/web:2", cpu: "1000m" }] },
        });
        assert.deepEqual(readBack(inputs, live, kept), expected);
    });

    it("shows that a field of ours is gone", () => {
        const live = { ...kept, metadata: { name: "web", uid: "1", labels: { app: "web" } } };
        assert.deepEqual(readBack(inputs, live, kept)["metadata"], { name: "web", labels: { app: "web" } });
    });

    it("leaves others what is theirs: a field that an apply would not touch", () => {
        const sidecar = { name: "proxy", image: "example.com/proxy:1" };
        const live = merge(kept, { spec: { replicas: 5, containers: [container({}), sidecar] } });
        assert.deepEqual(readBack(inputs, live, live), inputs);
    });

    it("shows an edited secret in the words of the inputs", () => {
        const secret = { metadata: { name: "db" }, stringData: { password: "hush" } };
        const [live, desired] = ["edited", "hush"].map((text) => ({
            metadata: { name: "db" },
            data: { password: Buffer.from(text).toString("base64") },
        }));
        assert.ok(live && desired);
        assert.deepEqual(readBack(secret, desired, desired), secret);
        assert.deepEqual(readBack(secret, live, desired)["stringData"], { password: "edited" });
    });
});
