import type { ClusterEndpoint } from "../../catalog/stores";
import type { Store } from "../layer";

/** Name of the Kafka cluster; its Services, pods and Secrets are named after it. */
export const clusterName = "shop";

/** Namespace of the cluster and of its operator. */
export const messagingNamespace = "messaging";

/** Strimzi's labels of one node pool's pods. */
export function poolLabels(pool: "broker" | "controller"): Readonly<Record<string, string>> {
    return { "strimzi.io/cluster": clusterName, "strimzi.io/pool-name": pool };
}

/** Ports of a Kafka node. Read: strimzi/strimzi-kafka-operator at 1.2.0, KafkaCluster.java. */
export const kafkaPorts = {
    /** Clients, with a certificate of the stack's own authority. */
    clients: 9093,
    /** Brokers among themselves, and Strimzi's operators. */
    replication: 9091,
    /** The controllers' quorum. */
    controlPlane: 9090,
    /** Strimzi's agent, which tells the operator whether the node is ready. */
    agent: 8443,
    metrics: 9404,
} as const;

/** The brokers' TLS listener (MQ-01). The Service selects pods of the broker pool only: controllers serve no clients. */
export const kafkaEndpoint = {
    kind: "cluster",
    namespace: messagingNamespace,
    service: `${clusterName}-kafka-bootstrap`,
    port: kafkaPorts.clients,
    podLabels: poolLabels("broker"),
} as const satisfies ClusterEndpoint;

/** Where brokers read the authority of their clients' certificates. Strimzi admits mounts below /mnt only. */
export const clientAuthority = { volume: "client-authority", folder: "/mnt/client-authority" } as const;

/** The interface of the messaging layer: the store that services call (MQ-01). */
export type Messaging = Readonly<Record<"kafka", Store>>;
