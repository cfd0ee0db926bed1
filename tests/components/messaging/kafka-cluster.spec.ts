import assert from "node:assert/strict";

import { cloudNames, tierNames, type Tier } from "../../../config/schema";
import { inputOf, inputsOf } from "../deployed";
import { deployment } from "../deployment";
import { container, labels, placed, podSecurity } from "./expected";

const operator = {
    image: "quay.io/strimzi/operator:1.2.0",
    resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
};

function single(tier: Tier, name: string): object {
    return { securityContext: podSecurity, ...placed(tier, { "strimzi.io/name": name }) };
}

function expected(tier: Tier): object {
    const [copies, inSync] = tier === "dev" ? [1, 1] : [3, 2];
    return {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "Kafka",
        metadata: {
            name: "shop",
            namespace: "messaging",
            labels: labels("shop-kafka"),
            annotations: { "pulumi.com/waitFor": "condition=Ready" },
        },
        spec: {
            kafka: {
                version: "4.3.1",
                metadataVersion: "4.3-IV0",
                image: "quay.io/strimzi/kafka:1.2.0-kafka-4.3.1",
                brokerRackInitImage: "quay.io/strimzi/operator:1.2.0",
                listeners: [
                    {
                        name: "tls",
                        port: 9093,
                        type: "internal",
                        tls: true,
                        authentication: {
                            type: "custom",
                            sasl: false,
                            listenerConfig: {
                                "ssl.client.auth": "required",
                                "ssl.truststore.type": "PEM",
                                "ssl.truststore.location": "/mnt/client-authority/ca.crt",
                            },
                        },
                        configuration: {
                            brokerCertChainAndKey: {
                                secretName: "shop-kafka-listener",
                                certificate: "tls.crt",
                                key: "tls.key",
                            },
                        },
                    },
                ],
                authorization: { type: "simple" },
                config: {
                    "default.replication.factor": copies,
                    "min.insync.replicas": inSync,
                    "offsets.topic.replication.factor": copies,
                    "transaction.state.log.replication.factor": copies,
                    "transaction.state.log.min.isr": inSync,
                    "auto.create.topics.enable": false,
                    "unclean.leader.election.enable": false,
                },
                ...(tier === "dev" ? {} : { rack: { topologyKey: "topology.kubernetes.io/zone" } }),
                metricsConfig: { type: "strimziMetricsReporter", values: { allowList: ["kafka_.*"] } },
                template: { podDisruptionBudget: { maxUnavailable: 1 } },
            },
            entityOperator: {
                topicOperator: operator,
                userOperator: operator,
                template: {
                    pod: single(tier, "shop-entity-operator"),
                    topicOperatorContainer: container,
                    userOperatorContainer: container,
                },
            },
            kafkaExporter: {
                image: "quay.io/strimzi/kafka:1.2.0-kafka-4.3.1",
                resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { cpu: "250m", memory: "128Mi" } },
                topicRegex: ".*",
                groupRegex: ".*",
                template: { pod: single(tier, "shop-kafka-exporter"), container },
            },
        },
    };
}

describe("the Kafka cluster (MQ-01)", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`is exactly this in ${tier} on ${cloud}`, async () => {
                const { resources } = await deployment(cloud, tier);
                assert.deepEqual(inputsOf(resources, "kubernetes:kafka.strimzi.io/v1:Kafka"), {
                    "messaging-kafka": expected(tier),
                });
            });
        }
    }

    it("has a certificate for its Service and its brokers, of the authority of the clients' certificates", async () => {
        const { resources } = await deployment("gcp", "prod");
        const certificate = inputOf(
            resources,
            "kubernetes:cert-manager.io/v1:Certificate",
            "messaging-kafka-certificate",
        );
        const { dnsNames, secretName, usages, issuerRef } = certificate["spec"] as Record<string, unknown>;
        assert.deepEqual(
            { dnsNames, secretName, usages, issuerRef },
            {
                secretName: "shop-kafka-listener",
                usages: ["digital signature", "key encipherment", "server auth"],
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "platform-internal" },
                dnsNames: [
                    "shop-kafka-bootstrap",
                    "shop-kafka-bootstrap.messaging",
                    "shop-kafka-bootstrap.messaging.svc",
                    "shop-kafka-bootstrap.messaging.svc.cluster.local",
                    "*.shop-kafka-brokers.messaging.svc",
                    "*.shop-kafka-brokers.messaging.svc.cluster.local",
                ],
            },
        );
    });

    it("is created after its pools, and its metrics are read from all its pods", async () => {
        const { resources } = await deployment("gcp", "prod");
        const kafka = resources.find(({ type }) => type === "kubernetes:kafka.strimzi.io/v1:Kafka");
        const before = kafka?.dependsOn.map((urn) => urn.split("::").at(-1));
        assert.ok(before?.includes("messaging-kafka-broker") && before.includes("messaging-kafka-controller"));
        const monitor = inputOf(resources, "kubernetes:monitoring.coreos.com/v1:PodMonitor", "messaging-kafka-monitor");
        assert.deepEqual(monitor["spec"], {
            selector: { matchLabels: { "strimzi.io/cluster": "shop" } },
            podMetricsEndpoints: ["tcp-prometheus", "healthcheck-to", "healthcheck-uo"].map((port) => ({
                path: "/metrics",
                port,
            })),
        });
    });
});
