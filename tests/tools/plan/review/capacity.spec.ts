import assert from "node:assert/strict";

import { capacity, renderKubernetes, standIns, type JsonObject, type PlannedResource } from "../../../../tools/plan";
import { capacityTable } from "../../../../tools/plan/report/capacity-table";
import { resource as planned } from "../resource";

const gibibyte = 2 ** 30;

function resource(type: string, name: string, inputs: JsonObject): PlannedResource {
    return planned(type, name, { metadata: { name, namespace: "n" }, ...inputs });
}

function container(cpu: string, memory: string, more: JsonObject = {}): JsonObject {
    return { name: "c", resources: { requests: { cpu, memory }, limits: { cpu: "1", memory: "1Gi" } }, ...more };
}

function workload(kind: string, name: string, pod: JsonObject, spec: JsonObject = {}, metadata: JsonObject = {}) {
    return resource(`kubernetes:apps/v1:${kind}`, name, { spec: { ...spec, template: { metadata, spec: pod } } });
}

function autoscaler(kind: string, name: string, min: number, max: number): PlannedResource {
    const spec = { scaleTargetRef: { kind, name }, minReplicas: min, maxReplicas: max };
    return resource("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", `${name}-scaler`, { spec });
}

function of(...resources: PlannedResource[]) {
    return capacity(renderKubernetes({ resources }));
}

describe("capacity", () => {
    it("counts pods at replicas, or between an autoscaler's bounds", () => {
        const pod = { containers: [container("250m", "512Mi")] };
        const [app, ...others] = of(
            workload("Deployment", "fixed", pod, { replicas: 3 }),
            workload("Deployment", "scaled", pod),
            autoscaler("Deployment", "scaled", 2, 10),
            workload("StatefulSet", "alone", pod),
        );
        assert.deepEqual(others, []);
        assert.equal(app?.pool, "app");
        assert.deepEqual(app.baseline, {
            pods: 6,
            cpuRequest: 1.5,
            cpuLimit: 6,
            memoryRequest: 3 * gibibyte,
            memoryLimit: 6 * gibibyte,
        });
        assert.deepEqual(app.peak, {
            pods: 14,
            cpuRequest: 3.5,
            cpuLimit: 14,
            memoryRequest: 7 * gibibyte,
            memoryLimit: 14 * gibibyte,
        });
    });

    it("finds a pod's pool by node selector and by required affinity", () => {
        const terms = (values: string[]) => ({
            affinity: {
                nodeAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: {
                        nodeSelectorTerms: [
                            {
                                matchExpressions: [
                                    { key: "pci", operator: "In", values: ["true"] },
                                    { key: "workload", operator: "In", values },
                                ],
                            },
                        ],
                    },
                },
            },
        });
        const containers = [container("1", "1Gi")];
        const pools = of(
            workload("Deployment", "a", { containers }),
            workload("Deployment", "b", { containers, nodeSelector: { workload: "cache" } }),
            workload("Deployment", "c", { containers, ...terms(["payment"]) }),
        );
        assert.deepEqual(
            pools.map(({ pool, baseline }) => [pool, baseline.pods]),
            [
                ["app", 1],
                ["cache", 1],
                ["payment", 1],
            ],
        );
    });

    it("counts init containers and sidecars as the scheduler does", () => {
        const [app] = of(
            workload("Deployment", "a", {
                initContainers: [container("100m", "1Gi", { restartPolicy: "Always" }), container("2", "128Mi")],
                containers: [container("500m", "512Mi"), container("500m", "512Mi")],
                overhead: { cpu: "100m" },
            }),
        );
        assert.equal(app?.baseline.cpuRequest.toFixed(3), "2.200");
        assert.equal(app.baseline.memoryRequest, 2 * gibibyte);
    });

    it("keeps DaemonSets apart: they grow with the nodes", () => {
        const [app] = of(workload("DaemonSet", "agent", { containers: [container("100m", "128Mi")] }));
        assert.equal(app?.baseline.pods, 0);
        assert.equal(app.perNode.pods, 1);
        assert.equal(app.perNode.cpuRequest, 0.1);
    });

    it("takes a missing request for the limit, and counts jobs and unknowns as nothing", () => {
        const limits = { name: "c", resources: { limits: { cpu: 2, memory: "[unknown]" } } };
        const [app] = of(
            workload("Deployment", "a", { containers: [limits] }),
            resource("kubernetes:batch/v1:Job", "j", { spec: { template: { spec: { containers: [limits] } } } }),
        );
        assert.deepEqual(app?.baseline, { pods: 1, cpuRequest: 2, cpuLimit: 2, memoryRequest: 0, memoryLimit: 0 });
    });

    it("prints one aligned table with a total", () => {
        const pod = { containers: [container("250m", "512Mi")] };
        const pools = of(
            workload("Deployment", "user", pod),
            autoscaler("Deployment", "user", 3, 12),
            workload("Deployment", "payment", { ...pod, nodeSelector: { workload: "payment" } }, { replicas: 2 }),
        );
        assert.deepEqual(
            capacityTable(pools, (_style, text) => text),
            [
                "capacity   at minReplicas                                       at maxReplicas",
                "node pool  pods  CPU requests  limits  memory requests  limits  pods  CPU requests  limits  memory requests  limits",
                "app           3          0.75       3            1.5Gi     3Gi    12             3      12              6Gi    12Gi",
                "payment       2           0.5       2              1Gi     2Gi     2           0.5       2              1Gi     2Gi",
                "total         5          1.25       5            2.5Gi     5Gi    14           3.5      14              7Gi    14Gi",
            ],
        );
    });
});

describe("stand-ins", () => {
    it("are pods that the services component marks", () => {
        const pod = { containers: [container("1", "1Gi")] };
        const mark = { "ecommerce-platform/stand-in": "true" };
        const objects = renderKubernetes({
            resources: [
                workload("Deployment", "user", pod, {}, { annotations: mark }),
                workload("Deployment", "admin", pod, {}, { labels: mark }),
                workload("Deployment", "order", pod, {}, { labels: { "ecommerce-platform/stand-in": "false" } }),
            ],
        });
        assert.deepEqual(standIns(objects), ["n/admin", "n/user"]);
    });
});
