import * as assert from "node:assert/strict";
import { elements, keysOf, leaf, text, tryRead } from "../../policy/lib/read";
import { runRule } from "../../policy/lib/run";
import type { Finding, ResourceRule } from "../../policy/lib/types";
import { guardUnknowns } from "../../policy/lib/unknown";
import { table } from "../../policy/pack";
import { resource, type Json } from "./fixtures";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const root = (value: Json): { value: unknown; path: string } => ({ value: guardUnknowns(value), path: "" });

describe("reading inputs (PO-01)", () => {
    it("distinguishes absent, null, known and unknown", () => {
        const node = root({ a: { b: 0, c: null, d: unknownValue }, e: unknownValue, f: "text" });
        assert.deepEqual(leaf(node, "a", "b"), { state: "known", path: "a.b", value: 0 });
        assert.deepEqual(leaf(node, "a", "c"), { state: "absent", path: "a.c" });
        assert.deepEqual(leaf(node, "a", "x", "y"), { state: "absent", path: "a.x.y" });
        assert.deepEqual(leaf(node, "a", "d"), { state: "unknown", path: "a.d" });
        assert.deepEqual(leaf(node, "e", "f", "g"), { state: "unknown", path: "e" });
        assert.deepEqual(leaf(node, "f", "length"), { state: "absent", path: "f.length" });
        assert.equal(leaf(node, "constructor").state, "absent");
    });

    it("formats paths with brackets for indexes and special keys", () => {
        const node = root({ list: [{ "a.b/c": 1 }] });
        assert.equal(leaf(node, "list", "0", "a.b/c").path, 'list[0]["a.b/c"]');
    });

    it("returns the elements of lists, and none for other values", () => {
        const node = root({ list: [1, unknownValue, null], text: "abc", none: null, unknown: unknownValue });
        assert.deepEqual(
            elements(node, "list").items.map(({ state }) => state),
            ["known", "unknown", "absent"],
        );
        for (const key of ["text", "none", "missing"]) {
            assert.deepEqual(elements(node, key), { unknown: false, items: [] });
        }
        assert.deepEqual(elements(node, "unknown"), { unknown: true, items: [] });
    });

    it("returns text for strings only, and keys for objects only", () => {
        assert.equal(text({ state: "known", path: "", value: 7 }), undefined);
        assert.equal(text({ state: "known", path: "", value: "seven" }), "seven");
        assert.deepEqual([keysOf("abc"), keysOf(null), keysOf(guardUnknowns({ a: unknownValue }))], [[], [], ["a"]]);
    });

    it("catches only the error about unknown values", () => {
        const failing = (): never => {
            throw new TypeError("a bug");
        };
        assert.throws(() => tryRead(failing), TypeError);
        const { a } = { a: guardUnknowns({ b: unknownValue }) };
        assert.deepEqual(
            tryRead(() => a.b),
            { known: false },
        );
    });
});

describe("running a policy (PO-01)", () => {
    const base = table[0]!.rule as ResourceRule;
    const type = "gcp:compute/firewall:Firewall";
    const rule = (check: ResourceRule["check"]): ResourceRule => ({ ...base, check, applies: (one) => one === type });
    const firewall = resource(type, guardUnknowns({ name: unknownValue }), "ssh");

    it("reports a violation if a check reads an unknown value unguarded", () => {
        const unguarded = rule(({ props }) => (props["name"] === "x" ? [] : []));
        const [outcome, ...others] = runRule(unguarded, [firewall], {});
        assert.deepEqual([outcome?.blocking, others], [true, []]);
        assert.match(outcome!.message, /^gcp:compute\/firewall:Firewall "ssh" contains a value that is not known/);
        assert.deepEqual(runRule(unguarded, [firewall], { onUnknown: "skip" }), []);
        assert.equal(runRule(unguarded, [firewall], { onUnknown: "nonsense" })[0]?.blocking, true);
    });

    it("composes the message, with the finding's fix before the policy's", () => {
        const found: Finding = { path: "name", subject: "rule 1", problem: "is wrong", fix: "Right it." };
        const [outcome] = runRule(
            rule(() => [found]),
            [firewall],
            {},
        );
        assert.equal(outcome?.message, `${type} "ssh", rule 1: name is wrong. Right it.`);
    });

    it("reports the resource that a finding names before the one that is checked", () => {
        const other = resource(type, {}, "other");
        const [outcome] = runRule(
            rule(() => [{ path: "name", problem: "is wrong", resource: other }]),
            [firewall],
            {},
        );
        assert.equal(outcome?.resource, other);
        assert.match(outcome.message, /^gcp:compute\/firewall:Firewall "other": name is wrong\. /);
    });

    it("checks only resources of the policy's types", () => {
        const always = rule(() => [{ path: "", problem: "is seen" }]);
        assert.equal(runRule(always, [firewall, resource("gcp:compute/network:Network", {})], {}).length, 1);
    });

    it("runs a stack policy once over all resources, and reports the finding's resource", () => {
        const findings: Finding[] = [{ path: "", problem: "is alone", resource: firewall }];
        const stack = { ...base, scope: "stack", check: () => findings } as const;
        const outcomes = runRule(stack, [firewall, resource("a:b:C", {})], {});
        assert.deepEqual(
            outcomes.map((outcome) => outcome.resource),
            [firewall],
        );
        const withoutResource = { ...stack, check: (): Finding[] => [{ path: "", problem: "Nothing is there" }] };
        assert.equal(runRule(withoutResource, [], {})[0]?.message, `Nothing is there. ${base.remediationSteps}`);
    });
});
