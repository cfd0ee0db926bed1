import type { Tier } from "../../../config/schema";
import { api, type PodRow } from "../helm/expected";

/** The charts of messaging, the same on every cloud. */
export const messagingCharts: readonly object[] = [
    {
        name: "strimzi",
        chart: "strimzi-kafka-operator",
        repo: "oci://quay.io/strimzi-helm",
        version: "1.2.0",
        namespace: "messaging",
    },
];

/** The images of messaging, in the order of declaration. */
export const messagingImages: readonly string[] = [
    "quay.io/strimzi/operator:1.2.0",
    "quay.io/strimzi/kafka:1.2.0-kafka-4.3.1",
];

const pool = (name: string) => ({ "strimzi.io/cluster": "shop", "strimzi.io/pool-name": name });
const named = (name: string) => ({ "strimzi.io/cluster": "shop", "strimzi.io/name": name });
const pods = (name: string, port: number) => ({ pods: { namespace: "messaging", labels: pool(name) }, port });

/** The control plane of a tier's controllers: in prod they are pods of their own. */
const controllers: Readonly<Record<Tier, readonly object[]>> = {
    dev: [pods("broker", 9090)],
    staging: [pods("broker", 9090)],
    prod: [pods("controller", 9090), pods("controller", 8443)],
};

/** Pods of the chart by chart and group. */
export function messagingOperators(tier: Tier): Readonly<Record<string, Readonly<Record<string, PodRow>>>> {
    return {
        strimzi: {
            operator: {
                labels: { name: "strimzi-cluster-operator", "strimzi.io/kind": "cluster-operator" },
                size: ["100m", "384Mi", "1", "512Mi"],
                metrics: 8080,
                calls: [...api, pods("broker", 9091), pods("broker", 8443), ...controllers[tier]],
            },
        },
    };
}

/** Pods with metrics in prod, besides the chart's. */
export const messagingMetrics: readonly object[] = [
    { name: "shop-broker", labels: pool("broker"), port: 9404 },
    { name: "shop-controller", labels: pool("controller"), port: 9404 },
    { name: "shop-entity-operator", labels: named("shop-entity-operator"), port: 8080 },
    { name: "shop-entity-operator", labels: named("shop-entity-operator"), port: 8081 },
    { name: "shop-kafka-exporter", labels: named("shop-kafka-exporter"), port: 9404 },
].map((target) => ({ ...target, namespace: "messaging" }));
