import * as assert from "node:assert/strict";
import { evaluate, type Exemption } from "../../policy/evaluate";
import { ExemptionBook } from "../../policy/lib/exemptions";
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
    it("turn a violation into a note that names the reason, the ticket and the last day", () => {
        const { violations, warnings, exempted } = run([valid]);
        assert.deepEqual([violations, warnings], [[], []]);
        assert.equal(exempted.length, 1);
        assert.deepEqual(exempted[0]!.exemption, valid);
        assert.match(
            exempted[0]!.message,
            /^exempted until 2026-12-31 \(OPS-42\): reads the counters of the node\. Deployment "web": spec\./,
        );
    });

    it("cover one policy on the resources they name, and nothing else", () => {
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

    it("hold through their last day, UTC, and not a second longer", () => {
        const count = (moment: string): number =>
            evaluate([onHostNetwork()], { tier: "dev", now: new Date(moment), exemptions: [valid] }).exempted.length;
        assert.equal(count("2026-12-31T23:59:59Z"), 1);
        assert.equal(count("2027-01-01T00:00:00Z"), 0);
    });

    it("are violations once they have expired, beside the one they no longer cover", () => {
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

    it("are advice to remove them when they cover nothing", () => {
        const { violations, warnings } = run([valid], resourceOf(deployment, goodPod()));
        assert.deepEqual(violations, []);
        assert.deepEqual(
            warnings.map(({ policy, level }) => [policy, level]),
            [["unused-exemptions", "advisory"]],
        );
    });

    it("treat the characters of a URN as themselves, and only * as a wildcard", () => {
        const names = new Set(["rule"]);
        const book = new ExemptionBook([{ ...valid, policy: "rule", urnPattern: "a.b$c::(d)*" }], names, now);
        assert.ok(book.find("rule", "a.b$c::(d)::anything"));
        assert.equal(book.find("rule", "axb$c::(d)"), undefined);
        assert.equal(book.find("rule", "xa.b$c::(d)"), undefined);
    });

    const faulty: readonly (readonly [what: string, entry: unknown, message: RegExp])[] = [
        ["no object", "everything", /is not an object/],
        ["no policy", { ...valid, policy: undefined }, /needs `policy`/],
        ["a policy that does not exist", { ...valid, policy: "forbid-everything" }, /needs `policy`/],
        ["the policy about exemptions", { ...valid, policy: "pack-settings" }, /needs `policy`/],
        ["no pattern", { ...valid, urnPattern: undefined }, /needs `urnPattern`/],
        ["a pattern for everything", { ...valid, urnPattern: "**" }, /needs `urnPattern`/],
        ["no reason", { ...valid, reason: undefined }, /needs `reason`/],
        ["a reason that says nothing", { ...valid, reason: "because  " }, /needs `reason`/],
        ["no end", { ...valid, expires: undefined }, /needs `expires`/],
        ["an end that is no day", { ...valid, expires: "soon" }, /needs `expires`/],
        ["an end that no month has", { ...valid, expires: "2027-02-31" }, /needs `expires`/],
        ["a ticket that is no text", { ...valid, ticket: 42 }, /has a `ticket`/],
    ];

    for (const [what, entry, message] of faulty) {
        it(`are refused with ${what}, and exempt nothing`, () => {
            const { violations, exempted } = run([entry]);
            assert.deepEqual(
                violations.map(({ policy }) => policy),
                ["pack-settings", "forbid-host-namespaces"],
            );
            assert.match(violations[0]!.message, message);
            assert.deepEqual(exempted, []);
        });
    }

    it("can come from the same config file that the engine reads", () => {
        const config: Json = { "pack-settings": { exemptions: [valid] } };
        assert.equal(evaluate([onHostNetwork()], { tier: "prod", now, config }).exempted.length, 1);
    });
});
