import * as assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { evaluate, type PolicyResource } from "../../policy/evaluate";
import { packArgs } from "../../policy/crossguard";
import { stackOfUrn, tierOfStack } from "../../policy/lib/tiers";
import { table } from "../../policy/pack";
import { render } from "../../tools/policy-docs";
import { goodContainer, goodPod, kinds, put, resource, resourceOf, wrap } from "./fixtures";
import { furtherRows } from "./further-rows";
import { standardRows } from "./standard-rows";

const root = path.resolve(__dirname, "../..");
const rulesDir = path.join(root, "policy/rules");
const deployment = kinds.find(({ kind }) => kind === "Deployment")!;
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("policy pack (PO-01)", () => {
    const policies = packArgs().policies;

    it("has unique names that the engine accepts", () => {
        const names = policies.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        for (const name of names) {
            assert.match(name, /^[a-z]+(-[a-z]+)+$/);
        }
    });

    it("has complete metadata for every policy", () => {
        for (const policy of policies) {
            assert.ok(policy.description && policy.severity && policy.framework, policy.name);
            assert.match(policy.remediationSteps ?? "", /^[A-Z].+\.$/s, policy.name);
            assert.match(policy.url ?? "", /^https:\/\//, policy.name);
            assert.ok((policy.tags ?? []).length > 0, policy.name);
        }
    });

    it("lists every rule file, under the file's name", () => {
        const files = readdirSync(rulesDir, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts") && !file.startsWith("settings"))
            .map((file) => path.basename(file, ".ts"));
        assert.deepEqual(table.map(({ rule }) => rule.name).sort(), files.sort());
    });

    it("enforces every control of the restricted profile in every tier", () => {
        const standard = table.filter(({ rule }) => rule.tags.includes("pod-security-standards"));
        const disabled = standard.filter(({ levels }) => levels.prod === "disabled").map(({ rule }) => rule.name);
        assert.equal(standard.length, 19);
        assert.deepEqual(disabled, [
            "allow-only-baseline-capabilities",
            "forbid-host-path-volumes",
            "require-baseline-proc-mount",
            "forbid-unconfined-seccomp",
        ]);
        for (const { rule, levels } of standard.filter(({ rule }) => !disabled.includes(rule.name))) {
            assert.deepEqual(levels, { dev: "mandatory", staging: "mandatory", prod: "mandatory" }, rule.name);
        }
    });

    it("has a test row for every enabled pod policy", () => {
        const rows = new Set([...standardRows, ...furtherRows].map(({ policy }) => policy));
        const on = table.filter(
            ({ rule, levels }) => ["pods", "workloads"].includes(rule.tags[1] ?? "") && levels.prod !== "disabled",
        );
        const missing = on.map(({ rule }) => rule.name).filter((name) => !rows.has(name));
        assert.deepEqual(missing, ["require-readable-pods", "forbid-default-namespace"]);
    });

    it("matches docs/policies.md", async () => {
        const file = path.join(root, "docs/policies.md");
        assert.ok(existsSync(file));
        assert.equal(readFileSync(file, "utf8"), await render(), "run `npm run docs:policies`");
    });

    it("accepts the config example of docs/policies.md", () => {
        const page = readFileSync(path.join(root, "docs/policies.md"), "utf8");
        const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? "";
        const config = JSON.parse(example) as Record<string, unknown>;
        const names = policies.map(({ name }) => name);
        assert.deepEqual(
            Object.keys(config).filter((name) => !names.includes(name)),
            [],
        );
        const { violations, warnings } = evaluate([], {
            tier: "staging",
            config,
            now: new Date("2027-06-30T12:00:00Z"),
        });
        assert.deepEqual(violations, []);
        assert.deepEqual(
            warnings.map(({ policy }) => policy),
            ["unused-exemptions"],
        );
    });

    it("derives the tier from the stack's name, prod by default", () => {
        const tiers = ["dev", "dev-alice", "local", "staging", "stage", "prod", "prod-eu", "shop", ""].map(tierOfStack);
        assert.deepEqual(tiers, ["dev", "dev", "dev", "staging", "staging", "prod", "prod", "prod", "prod"]);
        assert.equal(stackOfUrn("urn:pulumi:dev-alice::shop::kubernetes:core/v1:Pod::web"), "dev-alice");
    });

    it("never prints an input value", () => {
        const canary = "s3cr3t-canary";
        const pod = goodPod();
        const poisoned = {
            image: canary,
            env: [{ name: "TOKEN", value: canary }],
            command: [canary],
            args: [canary],
            securityContext: {
                privileged: canary,
                allowPrivilegeEscalation: canary,
                runAsNonRoot: canary,
                runAsUser: canary,
                procMount: canary,
                seccompProfile: { type: canary, localhostProfile: canary },
                appArmorProfile: { type: canary, localhostProfile: canary },
                seLinuxOptions: { type: canary, user: canary, role: canary },
                capabilities: { add: [canary], drop: [canary] },
                windowsOptions: { hostProcess: canary },
                readOnlyRootFilesystem: canary,
            },
            ports: [{ hostPort: canary }],
            livenessProbe: { httpGet: { host: canary } },
        };
        pod["containers"] = [{ ...goodContainer("app"), ...poisoned }];
        pod["volumes"] = [{ name: canary, hostPath: { path: canary } }];
        put(pod, ["securityContext", "sysctls"], [{ name: canary, value: canary }]);
        put(pod, ["hostNetwork"], canary);
        const annotations = { "container.apparmor.security.beta.kubernetes.io/app": canary };
        const { violations, warnings } = evaluate([resourceOf(deployment, pod, { annotations })], { tier: "prod" });
        assert.equal(new Set(violations.map(({ policy }) => policy)).size, 18);
        assert.ok(![...violations, ...warnings].some((one) => JSON.stringify(one).includes(canary)));
    });

    it("takes at most 0.05 ms per policy and resource", () => {
        const pods = Array.from({ length: 100 }, () => resourceOf(deployment, goodPod()));
        const others = Array.from({ length: 900 }, () => resource("gcp:compute/network:Network", { name: "shop" }));
        const resources = [...pods, ...others];
        evaluate(resources, { tier: "prod" });
        const begun = performance.now();
        evaluate(resources, { tier: "prod" });
        const each = (performance.now() - begun) / (resources.length * table.length);
        assert.ok(each < 0.05, `${each.toFixed(4)} ms`);
    });
});

describe("policies on unknown values (PO-01)", () => {
    const shapes: readonly (readonly [what: string, props: PolicyResource["props"], path: string])[] = [
        ["the spec", { spec: unknownValue }, "spec"],
        ["the template", { spec: { template: unknownValue } }, "spec.template"],
        ["the pod's spec", { spec: { template: { spec: unknownValue } } }, "spec.template.spec"],
        [
            "the list of containers",
            wrap(["spec", "template"], { ...goodPod(), containers: unknownValue }),
            "spec.template.spec.containers",
        ],
        [
            "a container",
            wrap(["spec", "template"], { ...goodPod(), initContainers: [unknownValue] }),
            "spec.template.spec.initContainers[0]",
        ],
        [
            "the pod's metadata",
            { spec: { template: { metadata: unknownValue, spec: goodPod() } } },
            "spec.template.metadata",
        ],
    ];

    for (const [what, props, shown] of shapes) {
        it(`reject ${what}, once`, () => {
            const { violations } = evaluate(
                [resource("kubernetes:apps/v1:Deployment", { metadata: { namespace: "shop" }, ...props })],
                { tier: "dev" },
            );
            assert.deepEqual(
                violations.map(({ policy, message }) => [policy, message.includes(`: ${shown} is not known`)]),
                [["require-readable-pods", true]],
            );
        });
    }

    it("check the other containers if one is unknown", () => {
        const pod = {
            ...goodPod(),
            containers: [unknownValue, { ...goodContainer("app"), ports: [{ hostPort: 80 }] }],
        };
        const { violations } = evaluate([resourceOf(deployment, pod)], { tier: "dev" });
        assert.deepEqual(
            violations.map(({ policy }) => policy),
            ["require-readable-pods", "forbid-host-ports"],
        );
    });

    it("treat the SDK's unknown object as unknown", () => {
        const pod = { ...goodPod(), hostNetwork: { __pulumiUnknown: true } };
        const { violations } = evaluate([resourceOf(deployment, pod)], { tier: "dev" });
        assert.match(violations[0]?.message ?? "", /spec\.template\.spec\.hostNetwork is not known/);
    });

    it("ignore unknown values in fields without a rule", () => {
        const pod = { ...goodPod(), nodeSelector: unknownValue };
        put(pod, ["containers", "0", "env"], unknownValue);
        const { violations, warnings } = evaluate([resourceOf(deployment, pod)], { tier: "dev" });
        assert.deepEqual([violations, warnings], [[], []]);
    });

    for (const [onUnknown, counts] of [
        ["fail", [1, 0]],
        ["warn", [0, 1]],
        ["skip", [0, 0]],
    ] as const) {
        it(`follow the config's onUnknown: ${onUnknown}`, () => {
            const pod = { ...goodPod(), hostPID: unknownValue };
            const config = { "forbid-host-namespaces": { onUnknown } };
            const { violations, warnings } = evaluate([resourceOf(deployment, pod)], { tier: "dev", config });
            assert.deepEqual([violations.length, warnings.length], counts);
        });
    }
});
