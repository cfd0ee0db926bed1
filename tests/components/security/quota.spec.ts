import assert from "node:assert/strict";

import { namespaces } from "../../../catalog/types";
import { workloads } from "../../../catalog/workloads";
import { podsIn, type PodGroup } from "../../../components/layer";
import { namespaceQuota } from "../../../components/security/quota";
import { quantity } from "../../../config/quantity";
import { replicaBounds } from "../../../components/services/config";
import { cloudNames, tierNames } from "../../../config/schema";
import { charts, chartsIn } from "../addons/stack";
import { configOf, declaredOf } from "../layers";

const group = (own: Partial<PodGroup>): PodGroup => ({
    name: "web",
    namespace: "services",
    labels: { app: "web" },
    app: { name: "web", component: "test" },
    source: "object",
    pool: "app",
    count: { min: 1, max: 1, surge: 1 },
    resources: { requests: { cpu: "100m", memory: "100Mi" }, limits: { cpu: "1", memory: "1Gi" } },
    spread: "required",
    callers: [],
    calls: [],
    ...own,
});

const compute = (groups: readonly PodGroup[]) => {
    const { pods, "requests.cpu": cpu, "limits.memory": memory } = namespaceQuota("services", groups);
    return [pods, cpu, memory];
};

describe("the quota of a namespace (AS-11)", () => {
    it("is the sum of all maxima plus 20 %", () => {
        assert.deepEqual(compute([group({ count: { min: 2, max: 30, surge: 1 } })]), ["36", "3600m", "36Gi"]);
    });

    it("includes the surge of every group at once where that is more than 20 %", () => {
        const three = [
            group({}),
            group({ name: "two" }),
            group({ name: "three", count: { min: 0, max: 1, surge: 0 } }),
        ];
        assert.deepEqual(compute(three), ["5", "500m", "5Gi"]);
    });

    it("is zero without declared pods, and for groups without replicas", () => {
        assert.deepEqual(compute([]), ["0", "0", "0Gi"]);
        assert.deepEqual(compute([group({ count: { min: 0, max: 0, surge: 1 } })]), ["0", "0", "0Gi"]);
    });

    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`holds every service, every chart's pods and one surge pod each, in ${tier} on ${cloud}`, () => {
                const config = configOf(cloud, tier);
                for (const namespace of namespaces) {
                    const hard = namespaceQuota(namespace, podsIn(declaredOf(config), namespace));
                    // Counted from the catalogue and the charts, independently of the declarations.
                    const { cpuLimit, memoryRequest } = config.resources;
                    const shop = Object.entries(workloads)
                        .filter(([, workload]) => workload.namespace === namespace)
                        .map(([name, { scaling }]) => ({
                            pods: replicaBounds(config, name, scaling).max + 1,
                            cpu: quantity(cpuLimit),
                            memory: quantity(memoryRequest),
                        }));
                    const installed = chartsIn(config)
                        .filter((chart) => chart.namespace === namespace)
                        .flatMap((chart) => Object.values(chart.pods))
                        .map(({ count = "many", resources: { requests, limits } }) => ({
                            pods: count === "job" ? 1 : (count === "single" || tier === "dev" ? 1 : 2) + 1,
                            cpu: quantity(limits.cpu),
                            memory: quantity(requests.memory),
                        }));
                    const all = [...shop, ...installed];
                    const sum = (read: (one: (typeof all)[number]) => number) =>
                        all.reduce((total, one) => total + one.pods * read(one), 0);
                    assert.ok(sum(() => 1) <= Number(hard["pods"]), `${namespace}: ${hard["pods"] ?? ""} pods`);
                    assert.ok(sum(({ cpu }) => cpu) <= quantity(hard["limits.cpu"]!) + 1e-9, `${namespace}: CPU`);
                    assert.ok(
                        sum(({ memory }) => memory) <= quantity(hard["requests.memory"]!),
                        `${namespace}: memory`,
                    );
                }
            });
        }
    }

    it("counts charts in six namespaces", () => {
        assert.deepEqual([...new Set(charts.map(({ namespace }) => namespace))].sort(), [
            "data",
            "ingress",
            "kube-system",
            "messaging",
            // Definitions only, without pods.
            "monitoring",
            "security",
        ]);
    });
});
