import assert from "node:assert/strict";
import { createIn, fresh, itRefuses, targetOf } from "../core/testing";
import { stringAt } from "../core/value";
import { random } from "./cloud";

const PASSWORD = "random:index/randomPassword:RandomPassword";

describe("engine stand-ins: random", () => {
    it("makes passwords of the length and letters asked for, secret from birth", async () => {
        const { provider } = await fresh(random, {});
        const inputs = { length: 40, special: false };
        const state = await provider.create(targetOf(PASSWORD), inputs, false);
        assert.match(stringAt(state.outputs, "result") ?? "", /^[A-Za-z0-9]{40}$/);
        assert.deepEqual(state.secretOutputs, ["result", "bcryptHash"]);
    });

    it("makes another value for another resource and for another keeper", async () => {
        const { provider } = await fresh(random, {});
        const results = [
            await createIn(provider, targetOf(PASSWORD, "one"), { length: 20 }),
            await createIn(provider, targetOf(PASSWORD, "two"), { length: 20 }),
            await createIn(provider, targetOf(PASSWORD, "one"), { length: 20, keepers: { rotated: "2026" } }),
        ].map((outputs) => outputs["result"]);
        assert.equal(new Set(results).size, 3);
    });

    it("makes ids and uuids", async () => {
        const { provider } = await fresh(random, {});
        const id = await createIn(provider, targetOf("random:index/randomId:RandomId"), { byteLength: 4 });
        assert.match(stringAt(id, "hex") ?? "", /^[0-9a-f]{8}$/);
        const uuid = await createIn(provider, targetOf("random:index/randomUuid:RandomUuid"), {});
        assert.match(
            stringAt(uuid, "result") ?? "",
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
        );
    });

    it("replaces a value whose shape or keepers change", async () => {
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
            what: "refuses a length of nothing",
            type: PASSWORD,
            inputs: { length: 0 },
            message: "Attribute length value must be at least 1, got: 0",
        },
        {
            what: "refuses a type that it does not know",
            type: "random:index/randomShuffle:RandomShuffle",
            inputs: {},
            message:
                "random:index/randomShuffle:RandomShuffle: the random stand-in does not know this resource type; " +
                "add it to tests/engine/providers/random/ with what the real API refuses",
        },
    ]);
});
