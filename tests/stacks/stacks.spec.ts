import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { workloads } from "../../catalog/workloads";
import { eksNodeRelease, kubernetesVersion } from "../../components/cluster/versions";
import { planStack, renderHelm, renderKubernetes, type Plan } from "../../tools/plan";
import { goldenCases } from "../../tools/plan/review/golden/cases";
import { projectRoot } from "../../tools/plan/root";
import { sharedPlan } from "./plans";

const cases = [...goldenCases, { stack: "local", cloud: "existing" }];

/** Tier of the stacks whose name is not the tier's. */
const tiers: Readonly<Record<string, string>> = { local: "dev", "prod-dr": "prod" };

function paths(plan: Plan): string[] {
    return [...renderKubernetes(plan).map(({ file }) => file), ...renderHelm(plan)].map(({ path }) => path);
}

describe("shipped stacks", () => {
    for (const { stack, cloud } of cases) {
        describe(`${stack} on ${cloud}`, () => {
            let plan: Plan;

            before(async () => {
                plan = await sharedPlan(stack, cloud);
            });

            it("violates no mandatory policy", () => {
                assert.deepEqual(plan.policy.violations, []);
            });

            it("outputs its stack, tier and cloud", () => {
                assert.deepEqual([plan.stack, plan.tier, plan.cloud], [stack, tiers[stack] ?? stack, cloud]);
                assert.deepEqual([plan.outputs["tier"], plan.outputs["cloud"]], [plan.tier, plan.cloud]);
            });

            it("has no warnings", () => {
                assert.deepEqual(plan.warnings, []);
            });

            it("names every Kubernetes object and its namespace", () => {
                const objects = renderKubernetes(plan);
                assert.ok(objects.length > 90, `only ${objects.length} objects`);
                for (const { urn, name, namespace } of objects) {
                    assert.ok(!name.startsWith("["), urn);
                    assert.ok(
                        namespace !== "default" && namespace !== "[unknown]",
                        `${urn} is in ${namespace ?? "none"}`,
                    );
                }
            });

            it("has every resource below the stack, with an explicit provider", () => {
                const urns = new Set(plan.resources.map(({ urn }) => urn));
                for (const { urn, type, parent, provider, custom } of plan.resources) {
                    assert.ok(type === "pulumi:pulumi:Stack" || (parent !== undefined && urns.has(parent)), urn);
                    const needsProvider =
                        custom && !type.startsWith("pulumi:providers:") && !type.startsWith("random:");
                    assert.ok(!needsProvider || (provider !== undefined && urns.has(provider)), `${urn}: no provider`);
                }
            });

            it("creates no volumes: they come from claims (ST-05)", () => {
                const volumes = plan.resources.filter(({ type }) => /:PersistentVolume$|:Volume$|:Disk$/.test(type));
                assert.deepEqual(
                    volumes.map(({ urn }) => urn),
                    [],
                );
            });

            it("has dependencies in the plan only", () => {
                const urns = new Set(plan.resources.map(({ urn }) => urn));
                for (const { urn, options } of plan.resources) {
                    assert.deepEqual(options.dependsOn?.filter((other) => !urns.has(other)) ?? [], [], urn);
                }
            });
        });
    }

    it("have the same services on every cloud", async () => {
        const [gcp, aws, existing] = await Promise.all(["gcp", "aws", "existing"].map((c) => sharedPlan("prod", c)));
        assert.ok(gcp !== undefined && aws !== undefined && existing !== undefined);
        // Placeholders depend on the cloud's machines.
        const services = (plan: Plan): string[] =>
            paths(plan).filter((path) => /\/(deployment|service)-(?!headroom\.)/.test(path));
        // The Services of the caches, two each, and Pgpool-II with its Service.
        const stores = [
            ...["memcached", "valkey-cache", "valkey-state"].flatMap((name) => [`${name}-nodes`, `${name}-service`]),
            "pgpool",
            "pgpool",
        ];
        assert.equal(services(gcp).length, 2 * Object.keys(workloads).length + stores.length);
        assert.deepEqual(services(aws), services(gcp));
        assert.deepEqual(services(existing), services(gcp));
    });

    it("have pinned versions of all dependencies (CL-17)", () => {
        const { engines, dependencies, devDependencies } = JSON.parse(
            readFileSync(join(projectRoot, "package.json"), "utf8"),
        ) as Record<"engines" | "dependencies" | "devDependencies", Record<string, string>>;
        assert.deepEqual(engines, { node: ">=20.19" });
        const floating = Object.entries({ ...dependencies, ...devDependencies })
            .filter(([, version]) => !/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version))
            .map(([name, version]) => `${name} ${version}`);
        assert.deepEqual(floating, []);
        assert.match(kubernetesVersion, /^1\.(35|36)$/);
        assert.ok(eksNodeRelease.startsWith(`${kubernetesVersion}.`), eksNodeRelease);
    });

    it("are deterministic, also after other plans in the same process", async () => {
        const first = await sharedPlan("prod", "gcp");
        await sharedPlan("dev", "aws");
        const again = await planStack({ stack: "prod", cloud: "gcp" });
        assert.equal(JSON.stringify(again), JSON.stringify(first));
    });
});
