import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { evaluate } from "../../policy/evaluate";
import { table } from "../../policy/pack";
import { resource } from "./fixtures";

interface Fixture {
    readonly file: string;
    /** The controls by which Pod Security Admission rejects the pod. */
    readonly controls: readonly string[];
    readonly annotations?: Record<string, string>;
    readonly spec: Record<string, unknown>;
}

type Profile = "baseline" | "restricted";

const { pods } = JSON.parse(readFileSync(path.join(__dirname, "data/pod-security-admission-v1.37.json"), "utf8")) as {
    readonly pods: readonly Fixture[];
};

/** Enables only the policies of a profile: those beyond the standard reject some of Kubernetes' valid pods. */
function configFor(profile: Profile): Record<string, unknown> {
    const settings = table.map(({ rule, levels }) => {
        const standard = rule.tags.includes("pod-security-standards");
        const on = standard && (profile === "baseline" ? rule.tags.includes("baseline") : levels.prod === "mandatory");
        return [rule.name, { enforcementLevel: on ? "mandatory" : "disabled", relaxForUserNamespaces: true }] as const;
    });
    return Object.fromEntries(settings);
}

describe("policies against the fixtures of Pod Security Admission v1.37 (SC-01)", () => {
    const references = new Map(table.map(({ rule }) => [rule.name, rule.framework.reference]));
    const configs = { baseline: configFor("baseline"), restricted: configFor("restricted") };

    it("includes all fixtures", () => {
        const count = (part: string): number => pods.filter(({ file }) => file.includes(part)).length;
        assert.deepEqual(
            ["baseline/v1.37/pass", "baseline/v1.37/fail", "restricted/v1.37/pass", "restricted/v1.37/fail"].map(count),
            [15, 34, 23, 76],
        );
    });

    for (const { file, controls, annotations, spec } of pods) {
        it(file, () => {
            const profile = file.startsWith("baseline/") ? "baseline" : "restricted";
            const pod = resource("kubernetes:core/v1:Pod", { metadata: { annotations }, spec });
            const { violations } = evaluate([pod], { tier: "prod", config: configs[profile] });
            const found = new Set(violations.map(({ policy }) => references.get(policy)));
            assert.deepEqual([...found].sort(), controls);
            assert.equal(found.size === 0, file.includes("/pass/"));
        });
    }
});
