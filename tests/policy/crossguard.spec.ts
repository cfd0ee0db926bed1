import * as assert from "node:assert/strict";
import type { ReportViolation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { evaluate, type PolicyResource } from "../../policy/evaluate";
import { packArgs, strictest } from "../../policy/crossguard";
import type { Level } from "../../policy/lib/types";
import { table, type Entry } from "../../policy/pack";
import { goodPod, kinds, put, resourceOf } from "./fixtures";

const deployment = kinds.find(({ kind }) => kind === "Deployment")!;
const name = "forbid-host-ports";
const { rule } = table.find((entry) => entry.rule.name === name)!;

function violating(stack: string): PolicyResource {
    const pod = goodPod();
    put(pod, ["containers", "0", "ports"], [{ hostPort: 80 }]);
    const found = resourceOf(deployment, pod);
    return { ...found, urn: found.urn.replace("urn:pulumi:dev", `urn:pulumi:${stack}`) };
}

/** Runs the pack's policies over one resource as the SDK's server does; returns the level of each report. */
function run(levels: Entry["levels"], stack: string, settings: Record<string, unknown> = {}): unknown[] {
    const reports: unknown[] = [];
    for (const policy of packArgs([{ rule, levels }]).policies as ResourceValidationPolicy[]) {
        const args = {
            ...violating(stack),
            getConfig: () => (policy.name === "pack-settings" ? settings : {}),
        } as unknown as ResourceValidationArgs;
        const report = ((message: string | { enforcementLevel: string }) => {
            reports.push(typeof message === "string" ? policy.enforcementLevel : message.enforcementLevel);
        }) as ReportViolation;
        if (typeof policy.validateResource === "function") {
            void policy.validateResource(args, report);
        }
    }
    return reports;
}

describe("policy levels by tier (PO-01)", () => {
    const levels = { dev: "disabled", staging: "advisory", prod: "mandatory" } as const;

    it("declare the strictest to the engine and report violations at the tier's level", () => {
        assert.deepEqual(
            ["dev", "staging", "prod", "shop"].map((stack) => run(levels, stack)),
            [[], ["advisory"], ["mandatory"], ["mandatory"]],
        );
    });

    it("use the config's tier before the stack's name", () => {
        assert.deepEqual(run(levels, "prod", { tier: "staging" }), ["advisory"]);
        assert.deepEqual(run(levels, "dev", { tier: "prod" }), ["mandatory"]);
        assert.deepEqual(run(levels, "prod", { tier: "none of them" }), ["mandatory"]);
    });

    it("have a strictest level", () => {
        const of = (dev: Level, staging: Level, prod: Level): Level =>
            strictest({ rule, levels: { dev, staging, prod } });
        assert.equal(of("disabled", "advisory", "mandatory"), "mandatory");
        assert.equal(of("disabled", "advisory", "disabled"), "advisory");
        assert.equal(of("disabled", "disabled", "disabled"), "disabled");
    });

    it("are overridden by the config, in the plan too", () => {
        const counts = (config: Record<string, unknown>): number[] => {
            const { violations, warnings } = evaluate([violating("dev")], { tier: "dev", config });
            return [violations.length, warnings.length];
        };
        assert.deepEqual(counts({}), [1, 0]);
        assert.deepEqual(counts({ [name]: "mandatory" }), [1, 0]);
        assert.deepEqual(counts({ [name]: "advisory" }), [0, 1]);
        assert.deepEqual(counts({ [name]: { enforcementLevel: "disabled" } }), [0, 0]);
        assert.deepEqual(counts({ all: "advisory" }), [0, 1]);
        assert.deepEqual(counts({ all: "disabled", [name]: "mandatory" }), [1, 0]);
        assert.deepEqual(counts({ [name]: "nonsense" }), [1, 0]);
    });
});

describe("policy config schemas (PO-01)", () => {
    const schemas = new Map(packArgs().policies.map((policy) => [policy.name, policy.configSchema?.properties ?? {}]));
    const having = (property: string): string[] =>
        [...schemas].filter(([, properties]) => property in properties).map(([policy]) => policy);

    it("have onUnknown for every policy of the table, with its default", () => {
        assert.deepEqual(
            having("onUnknown"),
            table.map((entry) => entry.rule.name),
        );
        const skips = table.filter((entry) => entry.rule.onUnknown === "skip").map((entry) => entry.rule.name);
        assert.deepEqual(skips, [
            "forbid-default-service-account",
            "forbid-floating-image-tags",
            "require-resource-bounds",
            "forbid-default-namespace",
        ]);
    });

    it("have pssVersion and relaxForUserNamespaces where the standard depends on them", () => {
        assert.deepEqual(having("pssVersion"), [
            "forbid-probe-and-lifecycle-hosts",
            "restrict-selinux-options",
            "require-baseline-proc-mount",
            "allow-only-safe-sysctls",
            "require-run-as-non-root",
            "forbid-root-user",
        ]);
        assert.deepEqual(having("relaxForUserNamespaces"), [
            "require-baseline-proc-mount",
            "require-run-as-non-root",
            "forbid-root-user",
        ]);
    });

    it("take each version of the standard, and booleans", () => {
        assert.deepEqual(schemas.get("forbid-root-user"), {
            relaxForUserNamespaces: { type: "boolean", default: false },
            pssVersion: { type: "string", pattern: "^(latest|v1\\.[0-9]+)$", default: "latest" },
            onUnknown: { type: "string", enum: ["fail", "warn", "skip"], default: "fail" },
        });
    });

    it("have allow lists, exemptions and tier", () => {
        assert.deepEqual(having("allow"), ["forbid-service-account-tokens", "forbid-load-balancer-services"]);
        assert.deepEqual(having("lenient"), ["require-pod-security-labels"]);
        assert.deepEqual(having("exemptions"), ["pack-settings"]);
        assert.deepEqual(having("tier"), ["pack-settings"]);
    });

    it("have 19 policies of the standard and 14 of the platform", () => {
        const frameworks = table.map((entry) => `${entry.rule.framework.name} ${entry.rule.framework.version}`);
        const standard = frameworks.filter((framework) => framework === "Kubernetes Pod Security Standards v1.37");
        assert.equal(standard.length, 19);
        assert.equal(frameworks.filter((framework) => framework === "E-commerce platform 1").length, 14);
    });
});
