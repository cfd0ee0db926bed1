import type * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { Kafka } from "../../custom-resources/types/kafka.strimzi.io/Kafka";
import { image, kafkaVersion, metadataVersion } from "./images";
import type { LayerConfig } from "./layer-config";
import { placement, container, podSecurity } from "./pod-template";
import { entityOperatorResources, exporterResources } from "./sizes";
import { clientAuthority, clusterName, kafkaPorts } from "./types";

type Spec = Inputs<Kafka>["spec"];

/** Settings of every broker. */
export function brokerConfig({
    messaging,
}: Pick<LayerConfig, "messaging">): Readonly<Record<string, string | number | boolean>> {
    const { replicas, minInSyncReplicas } = messaging;
    return {
        "default.replication.factor": replicas,
        "min.insync.replicas": minInSyncReplicas,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": minInSyncReplicas,
        // A misspelt topic is an error, not a topic with one copy.
        "auto.create.topics.enable": false,
        // A broker that missed acknowledged writes never becomes leader: the partition waits for one that has them.
        "unclean.leader.election.enable": false,
    };
}

/**
 * Clients authenticate with certificates of the stack's own authority, which every workload has (SC-06). `custom` with
 * `ssl.client.auth` is mTLS with another authority than the operator's: with `tls` each client would need a second
 * certificate, copied from this namespace (docs/adr/20261122-kafka-clients-by-certificate.md).
 * Read: strimzi-kafka-operator at 1.2.0, KafkaListenerAuthenticationCustom.adoc.
 */
export const clientAuthentication = {
    type: "custom",
    sasl: false,
    listenerConfig: {
        "ssl.client.auth": "required",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": `${clientAuthority.folder}/ca.crt`,
    },
} as const;

/** Name of the listener; it becomes a part of the brokers' properties. */
export const listenerName = "tls";

function singlePod(config: LayerConfig, name: string) {
    return {
        securityContext: podSecurity,
        ...placement(config, { "strimzi.io/name": `${clusterName}-${name}` }),
    };
}

/** The resource of the cluster; its nodes are in the node pools. */
export function kafkaSpec(config: LayerConfig, certificate: pulumi.Input<string>): Spec {
    const own = (name: "kafka" | "operator") => image(name, config.images);
    const resources = (of: typeof exporterResources) => ({ requests: { ...of.requests }, limits: { ...of.limits } });
    const operator = { image: own("operator"), resources: resources(entityOperatorResources) };
    return {
        kafka: {
            version: kafkaVersion,
            metadataVersion,
            image: own("kafka"),
            brokerRackInitImage: own("operator"),
            listeners: [
                {
                    name: listenerName,
                    port: kafkaPorts.clients,
                    type: "internal",
                    tls: true,
                    authentication: clientAuthentication,
                    configuration: {
                        // The services' trust store is the authority of their own certificate.
                        brokerCertChainAndKey: { secretName: certificate, certificate: "tls.crt", key: "tls.key" },
                    },
                },
            ],
            // Without an ACL a client may do nothing: `allow.everyone.if.no.acl.found` stays off.
            authorization: { type: "simple" },
            config: brokerConfig(config),
            // Copies of a partition are in different zones. An init container reads the zone of its node, for which the
            // operator creates a ClusterRoleBinding; nodes of a small cluster have no such label.
            ...(config.spread === "required" && config.messaging.brokers > 1
                ? { rack: { topologyKey: "topology.kubernetes.io/zone" } }
                : {}),
            // In the broker's process, and lighter than the JMX agent.
            metricsConfig: { type: "strimziMetricsReporter", values: { allowList: ["kafka_.*"] } },
            template: { podDisruptionBudget: { maxUnavailable: 1 } },
        },
        entityOperator: {
            topicOperator: operator,
            userOperator: operator,
            template: {
                pod: singlePod(config, "entity-operator"),
                topicOperatorContainer: container,
                userOperatorContainer: container,
            },
        },
        // Lag of consumer groups, which brokers do not measure.
        kafkaExporter: {
            image: own("kafka"),
            resources: resources(exporterResources),
            topicRegex: ".*",
            groupRegex: ".*",
            template: { pod: singlePod(config, "kafka-exporter"), container: container },
        },
    };
}
