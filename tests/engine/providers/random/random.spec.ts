import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import { stringAt } from "../core/value";
import { random } from "./cloud";

const PASSWORD = "random:index/randomPassword:RandomPassword";

describe("engine stand-ins: random", () => {
    it("generates passwords of the requested length and characters as secret outputs", async () => {
        const { provider } = await fresh(random, {});
        const inputs = { length: 40, special: false };
        const state = await provider.create(targetOf(PASSWORD), inputs, false);
        assert.match(stringAt(state.outputs, "result") ?? "", /^[A-Za-z0-9]{40}$/);
        assert.deepEqual(state.secretOutputs, ["result", "bcryptHash"]);
    });

    it("generates passwords with as many characters of a class as are required", async () => {
        const { provider } = await fresh(random, {});
        const classes = { minUpper: 1, minLower: 1, minNumeric: 1, minSpecial: 2 };
        const inputs = { length: 8, special: true, overrideSpecial: "-_", ...classes };
        const state = await provider.create(targetOf(PASSWORD), inputs, false);
        assert.match(stringAt(state.outputs, "result") ?? "", /^[A-Z][a-z][0-9][-_]{2}[A-Za-z0-9_-]{3}$/);
    });

    it("generates different values for different resources and keepers", async () => {
        const { provider } = await fresh(random, {});
        const results = [
            await createIn(provider, targetOf(PASSWORD, "one"), { length: 20 }),
            await createIn(provider, targetOf(PASSWORD, "two"), { length: 20 }),
            await createIn(provider, targetOf(PASSWORD, "one"), { length: 20, keepers: { rotated: "2026" } }),
        ].map((outputs) => outputs["result"]);
        assert.equal(new Set(results).size, 3);
    });

    it("generates a value again that an interrupted update generated and the state does not have", async () => {
        const { provider, store } = await fresh(random, {});
        await provider.create(targetOf(PASSWORD), { length: 20 }, false);
        const { id } = await provider.create(targetOf(PASSWORD), { length: 20 }, false);
        await provider.delete(targetOf(PASSWORD), id, { length: 20 });
        assert.deepEqual(store.remaining(), []);
    });

    it("generates ids and UUIDs", async () => {
        const { provider } = await fresh(random, {});
        const id = await createIn(provider, targetOf("random:index/randomId:RandomId"), { byteLength: 4 });
        assert.match(stringAt(id, "hex") ?? "", /^[0-9a-f]{8}$/);
        const uuid = await createIn(provider, targetOf("random:index/randomUuid:RandomUuid"), {});
        assert.match(
            stringAt(uuid, "result") ?? "",
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
        );
    });

    it("replaces a value whose keepers change", async () => {
        const { provider } = await fresh(random, {});
        assert.deepEqual(provider.replaces(targetOf(PASSWORD), [{ path: "keepers.rotated", kind: "add" }]), [
            "keepers",
        ]);
    });

    itRefuses(random, {}, [
        {
            what: "refuses a password without a length",
            type: PASSWORD,
            inputs: {},
            message: 'Missing required argument "length"',
        },
        {
            what: "refuses a length of 0",
            type: PASSWORD,
            inputs: { length: 0 },
            message: "Attribute length value must be at least 1, got: 0",
        },
        {
            what: "refuses an unknown resource type",
            type: "random:index/randomShuffle:RandomShuffle",
            inputs: {},
            message:
                "random:index/randomShuffle:RandomShuffle: the random stand-in does not support this resource type; " +
                "add it to tests/engine/providers/random/",
        },
    ]);
});
