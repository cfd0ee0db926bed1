import * as assert from "node:assert/strict";
import type { ReportViolation, StackValidationPolicy } from "@pulumi/policy";
import { packArgs } from "../../policy/crossguard";
import { evaluate, type PolicyResource } from "../../policy/evaluate";
import { ExemptionRegistry, parseExemption } from "../../policy/lib/exemptions";
import { podSettings } from "../../policy/lib/pod-rule";
import { parseTier, stackOfUrn, tierOfStack } from "../../policy/lib/tiers";
import { table } from "../../policy/pack";
import { baselineCapabilities } from "../../policy/rules/pods/allow-only-baseline-capabilities";
import { restrictedVolumeSources } from "../../policy/rules/pods/allow-only-restricted-volumes";
import { safeSysctls } from "../../policy/rules/pods/allow-only-safe-sysctls";
import { isPinned } from "../../policy/rules/workloads/forbid-floating-image-tags";
import { goodContainer, goodPod, kinds, put, resource, resourceOf, type Json } from "./fixtures";
import { allowedVolumes } from "./standard-rows";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const deployment = kinds.find(({ kind }) => kind === "Deployment")!;

function broken(one: PolicyResource, config: Record<string, unknown> = {}): string[] {
    return evaluate([one], { tier: "prod", config }).violations.map(({ policy }) => policy);
}

describe("tiers of stacks (PO-01)", () => {
    const expected = {
        dev: ["dev", "dev-alice", "local", "local2", "test", "test-7", "sandbox", "sandbox-bob"],
        staging: ["stag", "staging", "stage-eu", "preprod", "preprod-2", "uat", "uat-1"],
        prod: ["prod", "prod-dr", "shop", "my-dev", "my-staging", "pre-uat", "eu-test", "Dev", ""],
    };
    for (const [tier, stacks] of Object.entries(expected)) {
        it(`are ${tier} for ${stacks.join(", ")}`, () => {
            assert.deepEqual([...new Set(stacks.map(tierOfStack))], [tier]);
        });
    }

    it("are read from the config only if they exist", () => {
        const values = ["dev", "staging", "prod", "production", "", undefined, 1].map(parseTier);
        assert.deepEqual(values, ["dev", "staging", "prod", undefined, undefined, undefined, undefined]);
        assert.equal(stackOfUrn("not a URN"), "");
    });
});

describe("levels of the policies (PO-01)", () => {
    it("are mandatory in every tier, except for four that a stricter policy replaces", () => {
        const levels = table.map(({ rule, levels: own }) => [rule.name, Object.values(own).join(" ")] as const);
        const other = levels.filter(([, own]) => own !== "mandatory mandatory mandatory");
        assert.deepEqual(other, [
            ["allow-only-baseline-capabilities", "disabled disabled disabled"],
            ["forbid-host-path-volumes", "disabled disabled disabled"],
            ["require-baseline-proc-mount", "disabled disabled disabled"],
            ["forbid-unconfined-seccomp", "disabled disabled disabled"],
        ]);
        assert.equal(levels.length, 33);
    });
});

describe("lists of the standard (SC-01)", () => {
    it("are these capabilities, volumes and sysctls, each since a version", () => {
        assert.deepEqual(baselineCapabilities, [
            ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"],
            ...["SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
        ]);
        assert.deepEqual(restrictedVolumeSources, allowedVolumes);
        const since = (version: number) => Object.keys(safeSysctls).filter((name) => safeSysctls[name] === version);
        assert.deepEqual(
            { 0: since(0).length, 27: since(27), 29: since(29), 32: since(32), 37: since(37) },
            {
                0: 5,
                27: ["net.ipv4.ip_local_reserved_ports"],
                29: ["time", "fin_timeout", "intvl", "probes"].map((name) =>
                    name === "fin_timeout" ? "net.ipv4.tcp_fin_timeout" : `net.ipv4.tcp_keepalive_${name}`,
                ),
                32: ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
                37: ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"],
            },
        );
        assert.equal(Object.keys(safeSysctls).length, 14);
    });

    it("contain no name that every object has", () => {
        const pod = goodPod();
        put(pod, ["securityContext", "sysctls"], [{ name: "constructor" }]);
        assert.deepEqual(broken(resourceOf(deployment, pod)), ["allow-only-safe-sysctls"]);
    });

    it("relax root users and /proc from v1.35 on", () => {
        const policies = ["require-run-as-non-root", "forbid-root-user", "require-baseline-proc-mount"];
        const pod = { ...goodPod(), hostUsers: false, securityContext: { runAsNonRoot: false, runAsUser: 0 } };
        put(pod, ["containers", "0", "securityContext", "procMount"], "Unmasked");
        const at = (pssVersion: string): string[] => {
            const own = { enforcementLevel: "mandatory", relaxForUserNamespaces: true, pssVersion };
            const config = Object.fromEntries(policies.map((name) => [name, own]));
            return broken(resourceOf(deployment, pod), { ...config, "require-default-proc-mount": "disabled" });
        };
        assert.deepEqual([at("v1.34").sort(), at("v1.35"), at("latest")], [[...policies].sort(), [], []]);
    });

    it("are of the newest version unless the config names one in full", () => {
        const standard = (pssVersion: unknown) => podSettings({ pssVersion }).standard;
        assert.deepEqual(
            ["v1.30", "v1.5", "latest", "v1.30.1", "xv1.30", "1.30", 30, undefined].map(standard),
            [30, 5, 37, 37, 37, 37, 37, 37],
        );
        const relaxed = [true, false, "true", 1, undefined].map(
            (value) => podSettings({ relaxForUserNamespaces: value }).relaxForUserNamespaces,
        );
        assert.deepEqual(relaxed, [true, false, false, false, false]);
    });
});

describe("exemptions at their limits (PO-01)", () => {
    const names = new Set(["rule"]);
    const valid = { policy: "rule", urnPattern: "*::web", reason: "0123456789", expires: "2027-01-31" };

    it("need a reason of ten characters without the spaces around it", () => {
        assert.deepEqual(parseExemption(valid, names), valid);
        for (const reason of ["012345678", " 012345678 ", ""]) {
            assert.equal(
                parseExemption({ ...valid, reason }, names),
                "needs `reason`, a sentence that explains why the resource may violate the policy",
            );
        }
    });

    it("need a pattern with more than asterisks and colons", () => {
        for (const urnPattern of ["*", "**", "*::*", ":", ""]) {
            assert.equal(
                parseExemption({ ...valid, urnPattern }, names),
                "needs `urnPattern`, a URN in which * matches any characters, and not * alone",
            );
        }
        assert.deepEqual(parseExemption({ ...valid, urnPattern: "w" }, names), { ...valid, urnPattern: "w" });
    });

    it("keep the ticket, and no other field", () => {
        assert.deepEqual(parseExemption({ ...valid, ticket: "OPS-1", extra: 1 }, names), { ...valid, ticket: "OPS-1" });
    });

    it("name the wrong entry by its place in the list", () => {
        const { errors } = new ExemptionRegistry([valid, "x", { ...valid, expires: "2020-01-31" }], names, new Date(0));
        assert.deepEqual(errors, ["exemptions[1] is not an object"]);
        const late = new ExemptionRegistry([valid, { ...valid, expires: "2020-01-31" }], names, new Date("2026-01-01"));
        assert.deepEqual(late.errors, [
            'exemptions[1] from "rule" for *::web expired on 2020-01-31; fix the resource, or extend the exemption with a reason',
        ]);
    });

    it("match names over several lines, and are unused until they match", () => {
        const registry = new ExemptionRegistry([valid, { ...valid, urnPattern: "*::api" }], names, new Date(0));
        assert.equal(registry.unused().length, 2);
        assert.deepEqual(registry.find("rule", "urn:a\nb::web"), valid);
        assert.deepEqual(
            registry.unused().map(({ urnPattern }) => urnPattern),
            ["*::api"],
        );
    });

    it("are those that the caller gives, then the config's list, then the pack's own", () => {
        const own = { ...valid, policy: "forbid-host-ports", expires: "2999-01-01" };
        const unused = (options: object): number => evaluate([], { tier: "dev", ...options }).warnings.length;
        const config = (exemptions: unknown) => ({ config: { "pack-settings": { exemptions } } });
        assert.deepEqual([unused(config([own])), unused({ ...config([own]), exemptions: [] })], [1, 0]);
        assert.deepEqual([unused(config("none")), unused({})], [0, 0]);
    });
});

describe("fields at their limits (PO-01)", () => {
    it("are a positive number or a quantity for resources", () => {
        const at = (cpu: unknown): string[] => {
            const pod = goodPod();
            put(pod, ["containers", "0", "resources", "requests", "cpu"], cpu);
            return broken(resourceOf(deployment, pod));
        };
        assert.deepEqual([at(0.1), at("1m")], [[], []]);
        assert.deepEqual([at(0), at(-1), at(true)], Array(3).fill(["require-resource-bounds"]));
    });

    it("are a tag after the last slash, or a digest, for images", () => {
        const images = [`r/a:latest@sha256:${"a".repeat(64)}`, "r:5000/a/b", "r:5000/a:1", "r/a:latest", 7];
        assert.deepEqual(images.map(isPinned), [true, false, true, false, false]);
    });

    it("are other levels of a lenient Namespace, but levels of the standard", () => {
        const one = (level: string): PolicyResource =>
            resource("kubernetes:core/v1:Namespace", {
                metadata: {
                    name: "shop",
                    labels: Object.fromEntries(
                        ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]),
                    ),
                },
            });
        const config = { "require-pod-security-labels": { lenient: ["shop"] } };
        const counts = ["restricted", "baseline", "privileged", "", "none"].map(
            (level) => broken(one(level), config).length,
        );
        assert.deepEqual(counts, [0, 0, 0, 3, 3]);
    });

    it("are any list item that may be hidden: rules, volumes, capabilities", () => {
        const rules = { metadata: { namespace: "shop" }, rules: unknownValue };
        assert.deepEqual(broken(resource("kubernetes:rbac.authorization.k8s.io/v1:Role", rules)), [
            "forbid-wildcard-permissions",
        ]);
        assert.deepEqual(broken(resourceOf(deployment, { ...goodPod(), volumes: [unknownValue] })), [
            "allow-only-restricted-volumes",
        ]);
        const pod = goodPod();
        put(pod, ["containers", "0", "securityContext", "capabilities", "drop"], ["NET_RAW", unknownValue]);
        const [found] = evaluate([resourceOf(deployment, pod)], { tier: "dev" }).violations;
        assert.match(found?.message ?? "", /capabilities\.drop\[1\] is not known before the update/);
    });

    it("are namespaces of every namespaced kind of the list", () => {
        const types = [
            ...["core/v1:Service", "core/v1:ServiceAccount", "core/v1:ConfigMap", "core/v1:Secret"],
            ...["core/v1:PersistentVolumeClaim", "core/v1:ResourceQuota", "core/v1:LimitRange", "core/v1:Endpoints"],
            ...["autoscaling/v2:HorizontalPodAutoscaler", "policy/v1:PodDisruptionBudget"],
            ...["networking.k8s.io/v1:NetworkPolicy", "networking.k8s.io/v1:Ingress"],
            ...["rbac.authorization.k8s.io/v1:Role", "rbac.authorization.k8s.io/v1:RoleBinding"],
        ];
        for (const type of types) {
            assert.deepEqual(broken(resource(`kubernetes:${type}`, {})), ["forbid-default-namespace"], type);
        }
    });

    it("are left out by a patch, but not by what it sets", () => {
        const patch = (spec: Json) =>
            broken(resource("kubernetes:core/v1:PodPatch", { metadata: { namespace: "shop" }, spec }));
        assert.deepEqual(patch({ containers: [{ name: "app" }] }), []);
        const container = { ...goodContainer("app"), resources: { requests: { cpu: "0" } } };
        assert.deepEqual(patch({ containers: [container] }), ["require-resource-bounds"]);
    });
});

describe("the pack's reports about the stack (PO-01)", () => {
    it("have the stack's URN, else that of the first resource", () => {
        const urnsOf = (resources: readonly PolicyResource[]): unknown[] => {
            const urns: unknown[] = [];
            const policies = packArgs().policies as StackValidationPolicy[];
            const exemptions = [{ policy: "none" }];
            for (const policy of policies.filter(({ name }) => name === "pack-settings")) {
                const args = { resources, getConfig: () => ({ exemptions }) } as never;
                void policy.validateStack(args, ((_message: string, urn: string) => urns.push(urn)) as ReportViolation);
            }
            return urns;
        };
        const [web, root] = [resource("a:b:C", {}, "web"), resource("pulumi:pulumi:Stack", {}, "shop-dev")];
        assert.deepEqual([urnsOf([web, root]), urnsOf([web]), urnsOf([])], [[root.urn], [web.urn], [undefined]]);
    });
});
