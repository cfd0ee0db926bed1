import assert from "node:assert/strict";
import { merge, type Bag } from "../core/value";
import { readBack } from "./read-back";

const inputs: Bag = {
    metadata: { name: "web", labels: { app: "web", team: "shop" } },
    spec: { containers: [{ name: "web", image: "example.com/web:1", cpu: "1000m" }] },
};

/** The object as a server stores it: with a default and a normalized quantity. */
const stored: Bag = {
    metadata: { name: "web", uid: "1", labels: { app: "web", team: "shop" } },
    spec: { containers: [{ name: "web", image: "example.com/web:1", cpu: "1", stdin: false }], replicas: 1 },
};

const container = (over: Bag): Bag => ({ name: "web", image: "example.com/web:1", cpu: "1", stdin: false, ...over });

describe("engine stand-ins: read-back", () => {
    it("ignores defaults and normalized values", () => {
        assert.deepEqual(readBack(inputs, stored, stored), inputs);
    });

    it("returns only the edited field of a list item", () => {
        const live = merge(stored, { spec: { containers: [container({ image: "example.com/web:2" })] } });
        const expected = merge(inputs, {
            spec: { containers: [{ name: "web", image: "example.com/web:2", cpu: "1000m" }] },
        });
        assert.deepEqual(readBack(inputs, live, stored), expected);
    });

    it("omits an input that was removed", () => {
        const live = { ...stored, metadata: { name: "web", uid: "1", labels: { app: "web" } } };
        assert.deepEqual(readBack(inputs, live, stored)["metadata"], { name: "web", labels: { app: "web" } });
    });

    it("ignores fields of other managers", () => {
        const sidecar = { name: "proxy", image: "example.com/proxy:1" };
        const live = merge(stored, { spec: { replicas: 5, containers: [container({}), sidecar] } });
        assert.deepEqual(readBack(inputs, live, live), inputs);
    });

    it("returns an edited Secret as stringData when the inputs use it", () => {
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
