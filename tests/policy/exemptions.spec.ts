import * as assert from "node:assert/strict";
import { evaluate, type Exemption } from "../../policy/evaluate";
import { ExemptionRegistry } from "../../policy/lib/exemptions";
import { goodPod, kinds, put, resourceOf, type Json } from "./fixtures";

const now = new Date("2026-11-21T12:00:00Z");
const deployment = kinds.find(({ kind }) => kind === "Deployment")!;
const valid: Exemption = {
    policy: "forbid-host-namespaces",
    urnPattern: "*::kubernetes:apps/v1:Deployment::web",
    reason: "reads the counters of the node",
    ticket: "OPS-42",
    expires: "2026-12-31",
};

function onHostNetwork() {
    const pod = goodPod();
    put(pod, ["hostNetwork"], true);
    return resourceOf(deployment, pod);
}

function run(exemptions: readonly unknown[], resource = onHostNetwork()) {
    return evaluate([resource], { tier: "prod", now, exemptions: exemptions as Exemption[] });
}

describe("policy exemptions (PO-01)", () => {
    it("replace a violation by a note with reason, ticket and last day", () => {
        const { violations, warnings, exempted } = run([valid]);
        assert.deepEqual([violations, warnings], [[], []]);
        assert.equal(exempted.length, 1);
        assert.deepEqual(exempted[0]!.exemption, valid);
        assert.match(
            exempted[0]!.message,
            /^exempted until 2026-12-31 \(OPS-42\): reads the counters of the node\. Deployment "web": spec\./,
        );
    });

    it("apply to one policy and the matching resources only", () => {
        const pod = goodPod();
        put(pod, ["hostNetwork"], true);
        put(pod, ["hostPID"], true);
        put(pod, ["containers", "0", "securityContext", "privileged"], true);
        const { violations, exempted } = run([valid], resourceOf(deployment, pod));
        assert.deepEqual(
            violations.map(({ policy }) => policy),
            ["forbid-privileged-containers"],
        );
        assert.equal(exempted.length, 2);
        const elsewhere = run([{ ...valid, urnPattern: "*::kubernetes:apps/v1:Deployment::we" }]);
        assert.equal(elsewhere.violations.length, 1);
    });

    it("expire at the end of their last day, UTC", () => {
        const count = (moment: string): number =>
            evaluate([onHostNetwork()], { tier: "dev", now: new Date(moment), exemptions: [valid] }).exempted.length;
        assert.equal(count("2026-12-31T23:59:59Z"), 1);
        assert.equal(count("2027-01-01T00:00:00Z"), 0);
    });

    it("are violations after expiry, in addition to the violation they covered", () => {
        const { violations, exempted } = run([{ ...valid, expires: "2026-11-20" }]);
        assert.deepEqual(
            violations.map(({ policy, level }) => [policy, level]),
            [
                ["pack-settings", "mandatory"],
                ["forbid-host-namespaces", "mandatory"],
            ],
        );
        assert.match(violations[0]!.message, /exemptions\[0\] from "forbid-host-namespaces" .* expired on 2026-11-20/);
        assert.deepEqual(exempted, []);
    });

    it("are warnings if unused", () => {
        const { violations, warnings } = run([valid], resourceOf(deployment, goodPod()));
        assert.deepEqual(violations, []);
        assert.deepEqual(
            warnings.map(({ policy, level }) => [policy, level]),
            [["unused-exemptions", "advisory"]],
        );
    });

    it("match URN characters literally, and only * as a wildcard", () => {
        const names = new Set(["rule"]);
        const registry = new ExemptionRegistry([{ ...valid, policy: "rule", urnPattern: "a.b$c::(d)*" }], names, now);
        assert.ok(registry.find("rule", "a.b$c::(d)::anything"));
        assert.equal(registry.find("rule", "axb$c::(d)"), undefined);
        assert.equal(registry.find("rule", "xa.b$c::(d)"), undefined);
    });

    const invalid: readonly (readonly [what: string, entry: unknown, message: RegExp])[] = [
        ["a non-object", "everything", /is not an object/],
        ["no policy", { ...valid, policy: undefined }, /needs `policy`/],
        ["a policy that does not exist", { ...valid, policy: "forbid-everything" }, /needs `policy`/],
        ["the policy about exemptions", { ...valid, policy: "pack-settings" }, /needs `policy`/],
        ["no pattern", { ...valid, urnPattern: undefined }, /needs `urnPattern`/],
        ["a pattern for everything", { ...valid, urnPattern: "**" }, /needs `urnPattern`/],
        ["no reason", { ...valid, reason: undefined }, /needs `reason`/],
        ["a reason that is too short", { ...valid, reason: "because  " }, /needs `reason`/],
        ["no expiry", { ...valid, expires: undefined }, /needs `expires`/],
        ["an expiry that is not a date", { ...valid, expires: "soon" }, /needs `expires`/],
        ["a date that does not exist", { ...valid, expires: "2027-02-31" }, /needs `expires`/],
        ["a ticket that is not a string", { ...valid, ticket: 42 }, /has a `ticket`/],
    ];

    for (const [what, entry, message] of invalid) {
        it(`are rejected with ${what}, and have no effect`, () => {
            const { violations, exempted } = run([entry]);
            assert.deepEqual(
                violations.map(({ policy }) => policy),
                ["pack-settings", "forbid-host-namespaces"],
            );
            assert.match(violations[0]!.message, message);
            assert.deepEqual(exempted, []);
        });
    }

    it("can be set in the engine's policy config", () => {
        const config: Json = { "pack-settings": { exemptions: [valid] } };
        assert.equal(evaluate([onHostNetwork()], { tier: "prod", now, config }).exempted.length, 1);
    });
});
