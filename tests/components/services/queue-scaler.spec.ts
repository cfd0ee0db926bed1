import assert from "node:assert/strict";

import { workloads } from "../../../catalog/workloads";
import { topics, type Topic } from "../../../catalog/topics";
import type { Workload } from "../../../catalog/types";
import { planStack, type PlannedResource } from "../../../tools/plan";
import { inputs } from "../layers";
import { waitsFor } from "../namespaced";
import { shipped } from "../shipped";
import { expectedLabels } from "./shop";

const type = "kubernetes:keda.sh/v1alpha1:ScaledObject";

describe("queues in the catalogue (AS-06)", () => {
    it("are topics that the workload consumes, with a partition for each replica", () => {
        const queues = Object.entries<Workload>(workloads).flatMap(([name, { scaling, consumes = [] }]) => {
            const { queue, max, saleMax = max } = scaling;
            const topic: Topic | undefined = queue === undefined ? undefined : topics[queue.topic];
            return queue === undefined
                ? []
                : [[name, queue, consumes.includes(queue.topic), (topic?.partitions ?? 6) >= saleMax]];
        });
        assert.deepEqual(queues, [["order", { topic: "orders.created", messagesPerReplica: 100 }, true, true]]);
    });
});

describe("replicas before a sale (AS-08)", () => {
    const preScale = { start: "30 17 27 11 *", end: "0 23 27 11 *", timeZone: "Europe/Berlin" };
    const triggersOf = async (load: Record<string, unknown>): Promise<Record<string, unknown>[]> => {
        const { resources } = await planStack({
            stack: "prod",
            cloud: "gcp",
            config: { load: JSON.stringify(load) },
            checkPolicies: false,
        });
        const { spec } = inputs(resources, type, "order-scaler") as { spec: { triggers: Record<string, unknown>[] } };
        return spec.triggers.filter((trigger) => trigger["type"] === "cron");
    };

    it("are the maximum of order, from start to end", async () => {
        assert.deepEqual(await triggersOf({ profile: "flashSale", preScale }), [
            {
                type: "cron",
                name: "sale",
                metadata: {
                    timezone: "Europe/Berlin",
                    start: "30 17 27 11 *",
                    end: "0 23 27 11 *",
                    desiredReplicas: "30",
                },
            },
        ]);
    });

    it("are not there without a time", async () => {
        assert.deepEqual(await triggersOf({ profile: "flashSale" }), []);
    });
});

for (const { title, plan, tier, replica } of shipped) {
    const wanted = tier !== "dev" && !replica;

    describe(`the autoscalers by queue in ${title} (AS-06)`, () => {
        let resources: readonly PlannedResource[];

        before(async () => {
            ({ resources } = await plan());
        });

        it(wanted ? "are that of order" : "do not exist", () => {
            const found = resources.filter((resource) => resource.type === type).map(({ name }) => name);
            assert.deepEqual(found, wanted ? ["order-scaler"] : []);
        });

        if (wanted) {
            it("own the number of replicas alone, with the bounds and rates of the catalogue", () => {
                const scalers = resources.filter((one) => one.type.endsWith(":HorizontalPodAutoscaler"));
                assert.ok(!scalers.some(({ name }) => name.startsWith("order-")));
                const policy = (value: number, periodSeconds: number, stabilizationWindowSeconds: number) => ({
                    stabilizationWindowSeconds,
                    selectPolicy: "Max",
                    policies: [{ type: "Percent", value, periodSeconds }],
                });
                assert.deepEqual(inputs(resources, type, "order-scaler"), {
                    apiVersion: "keda.sh/v1alpha1",
                    kind: "ScaledObject",
                    metadata: {
                        name: "order",
                        namespace: "services",
                        labels: expectedLabels("order", "critical"),
                        annotations: { "scaledobject.keda.sh/transfer-hpa-ownership": "true" },
                    },
                    spec: {
                        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "order" },
                        minReplicaCount: tier === "prod" ? 3 : 2,
                        maxReplicaCount: 15,
                        pollingInterval: 15,
                        advanced: {
                            horizontalPodAutoscalerConfig: {
                                name: "order",
                                behavior: { scaleUp: policy(100, 15, 0), scaleDown: policy(10, 300, 60) },
                            },
                        },
                        triggers: [
                            { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
                            { type: "memory", metricType: "Utilization", metadata: { value: "80" } },
                            {
                                type: "kafka",
                                name: "queue",
                                metricType: "AverageValue",
                                metadata: {
                                    bootstrapServers: "shop-kafka-bootstrap.messaging.svc.cluster.local:9093",
                                    consumerGroup: "order",
                                    topic: "orders.created",
                                    lagThreshold: "100",
                                    offsetResetPolicy: "earliest",
                                    tls: "enable",
                                },
                                authenticationRef: { name: "keda-kafka", kind: "ClusterTriggerAuthentication" },
                            },
                        ],
                    },
                });
            });

            it("wait for the Deployment and for what serves the kind", () => {
                const found = resources.find((one) => one.type === type) ?? assert.fail();
                const waits = waitsFor(found);
                assert.ok(waits.includes("Deployment order"), waits.join(", "));
            });
        }
    });
}
