import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { Kafka } from "../../custom-resources/types/kafka.strimzi.io/Kafka";
import type { PodMonitor } from "../../custom-resources/types/monitoring.coreos.com/PodMonitor";
import { InternalCertificate, type IssuerRef, serviceNames } from "../common/certificate";
import { labels } from "../common/labels";
import { untilReady } from "../common/ready";
import { kafkaSpec } from "./kafka-spec";
import type { LayerConfig } from "./layer-config";
import { NodePool } from "./node-pool";
import { brokerResources, controllerHeap, controllerResources } from "./sizes";
import { clusterName, kafkaEndpoint, messagingNamespace } from "./types";

/** Arguments of {@link KafkaCluster}. */
export interface KafkaClusterArgs {
    readonly config: LayerConfig;
    /** Namespace; resolves when the network policies of the pods exist. */
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
    /** Storage class of the volumes. */
    readonly storageClass: string;
    /** The operator, and the definitions of PodMonitors. */
    readonly needs: readonly pulumi.Resource[];
}

/** Size of a controller's volume: metadata only. */
const controllerVolumeGiB = 10;

/** Kafka in KRaft mode (MQ-01): node pools, listener certificate, metrics. */
export class KafkaCluster extends pulumi.ComponentResource {
    /** The resource of the cluster, created when Kafka accepts connections. */
    public readonly kafka: pulumi.Resource;
    /** Name of the cluster; resolves when Kafka accepts connections. */
    public readonly kafkaName: pulumi.Output<string>;

    constructor(name: string, args: KafkaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:messaging:KafkaCluster", name, {}, opts);
        const { config, namespace, storageClass, needs } = args;
        const { messaging, tier } = config;
        const child = { parent: this };
        const { service } = kafkaEndpoint;
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${clusterName}-kafka-listener`,
                namespace,
                component: "messaging",
                issuer: args.issuer,
                usage: "server",
                commonName: service,
                // Clients are told the brokers' own names after the first connection.
                dnsNames: [
                    ...serviceNames(service, messagingNamespace),
                    ...serviceNames(`${clusterName}-kafka-brokers`, messagingNamespace)
                        .slice(2)
                        .map((one) => `*.${one}`),
                ],
            },
            child,
        ).secretName;
        const shared = { config, namespace, storageClass, certificate, needs };
        const combined = messaging.controllers === 0;
        const brokers = new NodePool(
            `${name}-broker`,
            {
                ...shared,
                pool: "broker",
                roles: combined ? ["controller", "broker"] : ["broker"],
                replicas: messaging.brokers,
                resources: brokerResources(messaging, tier),
                heap: messaging.heap,
                volumeGiB: messaging.volumeGiB,
            },
            child,
        );
        const controllers = combined
            ? []
            : [
                  new NodePool(
                      `${name}-controller`,
                      {
                          ...shared,
                          pool: "controller",
                          roles: ["controller"],
                          replicas: messaging.controllers,
                          resources: controllerResources,
                          heap: controllerHeap,
                          volumeGiB: controllerVolumeGiB,
                      },
                      child,
                  ),
              ];
        const kafka = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "kafka.strimzi.io/v1",
                kind: "Kafka",
                metadata: {
                    name: clusterName,
                    namespace,
                    labels: labels(`${clusterName}-kafka`, "messaging"),
                    annotations: untilReady,
                },
                spec: kafkaSpec(config, certificate),
            } satisfies Inputs<Kafka>,
            // Several rolling starts of six pods, with volumes that are created first.
            { ...child, dependsOn: [brokers, ...controllers], customTimeouts: { create: "30m", update: "60m" } },
        );
        new k8s.apiextensions.CustomResource(
            `${name}-monitor`,
            {
                apiVersion: "monitoring.coreos.com/v1",
                kind: "PodMonitor",
                metadata: {
                    name: `${clusterName}-kafka`,
                    namespace,
                    labels: labels(`${clusterName}-kafka`, "messaging"),
                },
                spec: {
                    selector: { matchLabels: { "strimzi.io/cluster": clusterName } },
                    // Of brokers, controllers and the exporter; the entity operator's two containers have other names.
                    podMetricsEndpoints: ["tcp-prometheus", "healthcheck-to", "healthcheck-uo"].map((port) => ({
                        path: "/metrics",
                        port,
                    })),
                },
            } satisfies Inputs<PodMonitor>,
            { ...child, dependsOn: [...needs] },
        );
        this.kafka = kafka;
        this.kafkaName = kafka.metadata.name;
        this.registerOutputs({ kafkaName: this.kafkaName });
    }
}
