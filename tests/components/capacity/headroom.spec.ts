import assert from "node:assert/strict";

import { workloads } from "../../../catalog/workloads";
import { podsIn } from "../../../components/layer";
import { placeholders } from "../../../components/capacity/size";
import { namespaceQuota } from "../../../components/security/quota";
import type { PlatformConfig } from "../../../components/platform";
import type { Cloud, Tier } from "../../../config/schema";
import { type JsonObject, planStack } from "../../../tools/plan";
import { sharedPlan } from "../../stacks/plans";
import { configOf, declaredOf } from "../layers";

const GiB = 2 ** 30;

/** The Services of the caches: one name for the first connection, and the pods. */
const cacheServices = ["memcached", "valkey-cache", "valkey-state"].flatMap((name) => [
    `${name}-nodes`,
    `${name}-service`,
]);

describe("the capacity that placeholders reserve (CL-10)", () => {
    it("is 20 % of each of the app pool's minimum number of nodes", () => {
        const table: readonly (readonly [Tier, Cloud, number, number, number])[] = [
            // Nodes, then 20 % of 4 cores and of 16 GiB.
            ["staging", "gcp", 3, 0.8, 3.2],
            ["staging", "aws", 3, 0.8, 3.2],
            ["prod", "gcp", 6, 0.8, 3.2],
            ["prod", "aws", 6, 0.8, 3.2],
        ];
        for (const [tier, cloud, count, cpu, memoryGiB] of table) {
            const found = placeholders(configOf(cloud, tier));
            assert.deepEqual(found, { count, cpu, memory: memoryGiB * GiB }, `${tier} on ${cloud}`);
        }
    });

    it("follows the machine type and the pool's minimum", () => {
        const nodePools = { app: { min: 9, machineType: "c4-standard-8" } };
        assert.deepEqual(placeholders(configOf("gcp", "prod", { nodePools })), { count: 9, cpu: 1.6, memory: 6 * GiB });
    });

    it("is zero in dev, in a replica and on an existing cluster", () => {
        const none: readonly PlatformConfig[] = [
            configOf("gcp", "dev"),
            configOf("aws", "dev"),
            configOf("existing", "prod"),
            configOf("existing", "staging", { existing: { dedicatedPools: false } }),
            configOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "main" } }),
        ];
        assert.deepEqual(none.map(placeholders), [undefined, undefined, undefined, undefined, undefined]);
    });

    it("is in the quota of monitoring, and not in the services' (AS-11)", () => {
        const config = configOf("gcp", "prod");
        const quota = (namespace: "monitoring" | "services", own: PlatformConfig) =>
            namespaceQuota(namespace, podsIn(declaredOf(own), namespace));
        const without = { ...config, headroomPercent: 0 };
        assert.deepEqual(quota("services", config), quota("services", without));
        const { pods, "requests.cpu": cpu, "requests.memory": memory } = quota("monitoring", config);
        assert.deepEqual(
            [pods, cpu, memory],
            // Six times 800m and 3277 MiB, twice 125m and 320 MiB of KEDA, plus 20 %, and one more pod of each of its groups.
            ["15", "6060m", "24363Mi"],
        );
        assert.equal(quota("monitoring", without)["requests.cpu"], "375m");
    });
});

describe("the plan of a replica (CL-18)", () => {
    for (const [cloud, region] of [
        ["gcp", "us-east1"],
        ["aws", "us-west-2"],
    ] as const) {
        it(`is the second region's cluster on ${cloud}, with all pools and no pod of the shop`, async () => {
            const plan = await planStack({ stack: "prod-dr", cloud });
            assert.deepEqual([plan.policy.violations, plan.warnings], [[], []]);
            assert.equal(plan.outputs["role"], "replica");
            const provider = plan.resources.find(({ type }) => type === `pulumi:providers:${cloud}`);
            assert.equal(provider?.inputs["region"], region);
            const count = (type: RegExp) => plan.resources.filter((resource) => type.test(resource.type)).length;
            // On AWS Karpenter creates the spot nodes.
            assert.equal(count(/^shop:cluster:[A-Za-z]+NodePool$/), cloud === "gcp" ? 5 : 4);
            assert.equal(count(/HorizontalPodAutoscaler$/), 0);
            // No bucket: PostgreSQL reads its primary's, by two grants on GCP and by its role's policy on AWS.
            assert.deepEqual(
                plan.resources.filter(({ type }) => /bucket/i.test(type)).map(({ name }) => name),
                cloud === "gcp" ? ["database-postgres-bucket", "database-postgres-objects"] : [],
            );
            const replicas = (type: string) =>
                plan.resources
                    .filter((resource) => resource.type === `kubernetes:apps/v1:${type}`)
                    .map(({ name, inputs: own }) => [name, (own["spec"] as JsonObject)["replicas"]]);
            assert.deepEqual(
                replicas("Deployment").map(([, found]) => found),
                Object.keys(workloads).map(() => 0),
            );
            const valkey = ["cache", "state"].flatMap((store) =>
                ["0-a", "0-b", "1-a", "1-b", "2-a", "2-b"].map((member) => `valkey-${store}-${member}`),
            );
            assert.deepEqual(
                replicas("StatefulSet"),
                ["memcached", ...valkey].map((name) => [name, 0]),
            );
            // A Service without endpoints never becomes ready.
            const services = plan.resources.filter(({ type }) => type === "kubernetes:core/v1:Service");
            assert.deepEqual(
                services.map(({ name }) => name).sort(),
                [...Object.keys(workloads).map((name) => `${name}-service`), ...cacheServices].sort(),
            );
            for (const { inputs: own } of services) {
                const { annotations } = own["metadata"] as { annotations?: object };
                assert.deepEqual(annotations, { "pulumi.com/skipAwait": "true" });
            }
        });
    }

    it("awaits its Services in a primary, except those that the pods of caches find each other by", async () => {
        const { resources } = await sharedPlan("prod", "gcp");
        const services = resources.filter(({ type }) => type === "kubernetes:core/v1:Service");
        const unawaited = services.filter(({ inputs: own }) => "annotations" in (own["metadata"] as object));
        assert.deepEqual(unawaited.map(({ name }) => name).sort(), cacheServices);
    });
});
