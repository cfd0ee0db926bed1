import type { ClusterEndpoint } from "../../catalog/stores";
import { endpointsOnly } from "../layer";

/** The brokers' TLS listener (MQ-01). */
const endpoints = {
    kafka: {
        kind: "cluster",
        namespace: "messaging",
        service: "shop-kafka-bootstrap",
        port: 9093,
        podLabels: { "strimzi.io/cluster": "shop", "strimzi.io/kind": "Kafka" },
    },
} as const satisfies Readonly<Record<string, ClusterEndpoint>>;

/** Kafka for orders and payments. Its endpoint is declared; its pods are not created yet. */
export const messaging = endpointsOnly("messaging", endpoints);
