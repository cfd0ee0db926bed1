import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { KafkaNodePool } from "../../custom-resources/types/kafka.strimzi.io/KafkaNodePool";
import { labels } from "../common/labels";
import type { Resources } from "../layer";
import type { LayerConfig } from "./layer-config";
import { placement, container, podSecurity } from "./pod-template";
import { clientAuthority, clusterName, poolLabels } from "./types";

/** Arguments of {@link NodePool}. */
export interface NodePoolArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly pool: "broker" | "controller";
    readonly roles: readonly ("broker" | "controller")[];
    readonly replicas: number;
    readonly resources: Resources;
    /** Java heap. */
    readonly heap: string;
    readonly volumeGiB: number;
    /** Storage class of the volumes. */
    readonly storageClass: string;
    /** Name of the Secret with the authority of clients; resolves when it exists. */
    readonly certificate: pulumi.Input<string>;
    readonly needs: readonly pulumi.Resource[];
}

/** A quantity such as `2Gi` as Java's `2g`. */
function javaSize(size: string): string {
    return size.replace("Gi", "g").replace("Mi", "m");
}

/** Kafka nodes of one template, spread over zones and nodes (MQ-01, CL-13). */
export class NodePool extends pulumi.ComponentResource {
    /** Name of the pool. */
    public readonly poolName: pulumi.Output<string>;

    constructor(name: string, args: NodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:messaging:NodePool", name, {}, opts);
        const { config, pool, replicas, resources, heap } = args;
        const serves = args.roles.includes("broker");
        const { folder, volume } = clientAuthority;
        const nodes = new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "kafka.strimzi.io/v1",
                kind: "KafkaNodePool",
                metadata: {
                    name: pool,
                    namespace: args.namespace,
                    labels: { ...labels(`${clusterName}-${pool}`, "messaging"), "strimzi.io/cluster": clusterName },
                },
                spec: {
                    replicas,
                    roles: [...args.roles],
                    resources: { requests: { ...resources.requests }, limits: { ...resources.limits } },
                    // The same from the start: a heap that grows later can exceed the node's memory under load.
                    jvmOptions: { "-Xms": javaSize(heap), "-Xmx": javaSize(heap) },
                    storage: {
                        // An array with one volume: more can be added to it, to a single volume they cannot.
                        type: "jbod",
                        volumes: [
                            {
                                id: 0,
                                type: "persistent-claim",
                                size: `${args.volumeGiB}Gi`,
                                class: args.storageClass,
                                // The messages outlive the cluster's resource.
                                deleteClaim: false,
                                kraftMetadata: "shared",
                            },
                        ],
                    },
                    template: {
                        pod: {
                            securityContext: podSecurity,
                            ...placement(config, poolLabels(pool)),
                            // A broker hands its partitions over before it stops.
                            terminationGracePeriodSeconds: 120,
                            ...(serves
                                ? {
                                      volumes: [
                                          {
                                              name: volume,
                                              // The authority alone: the operator copies certificate and key.
                                              secret: {
                                                  secretName: args.certificate,
                                                  items: [{ key: "ca.crt", path: "ca.crt" }],
                                              },
                                          },
                                      ],
                                  }
                                : {}),
                        },
                        kafkaContainer: {
                            ...container,
                            ...(serves ? { volumeMounts: [{ name: volume, mountPath: folder, readOnly: true }] } : {}),
                        },
                        initContainer: container,
                    },
                },
            } satisfies Inputs<KafkaNodePool>,
            { parent: this, dependsOn: [...args.needs] },
        );
        this.poolName = nodes.metadata.name;
        this.registerOutputs({ poolName: this.poolName });
    }
}
