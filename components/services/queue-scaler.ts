import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scaling, ScalingQueue } from "../../catalog/types";
import type { Inputs } from "../../custom-resources/inputs";
import type { ScaledObject } from "../../custom-resources/types/keda.sh/ScaledObject";
import { labels } from "../common/labels";
import { scalingBehavior, utilisationTargets } from "./autoscaler";
import type { ReplicaBounds } from "./config";
import type { PreScale } from "./config-load";

/** Arguments of {@link QueueScaler}. */
export interface QueueScalerArgs {
    /** Name of the Deployment, of the autoscaler and of the consumer group. */
    readonly workload: string;
    readonly component: string;
    readonly namespace: pulumi.Input<string>;
    readonly scaling: Scaling;
    readonly queue: ScalingQueue;
    readonly bounds: ReplicaBounds;
    /** `host:port` of Kafka. */
    readonly brokers: pulumi.Input<string>;
    /** Name of the ClusterTriggerAuthentication for Kafka. */
    readonly trigger: pulumi.Input<string>;
    readonly deployment: pulumi.Resource;
    /** When the maximum is there already (AS-08). @default never */
    readonly preScale: PreScale | undefined;
}

/**
 * An autoscaler by messages that wait, besides use of CPU and memory (AS-06). KEDA creates the HorizontalPodAutoscaler, of
 * the same name, bounds and behaviour as the program's own: only one may set the number of replicas. If Kafka does not
 * answer, the others still add replicas and none is removed, since the controller removes none while a metric is missing.
 */
export class QueueScaler extends pulumi.ComponentResource {
    constructor(name: string, args: QueueScalerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:QueueScaler", name, {}, opts);
        const { workload, component, namespace, scaling, queue, bounds } = args;
        new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "keda.sh/v1alpha1",
                kind: "ScaledObject",
                metadata: {
                    name: workload,
                    namespace,
                    labels: labels(workload, component),
                    // In a stack that had the program's own, KEDA takes it over instead of refusing a second one.
                    annotations: { "scaledobject.keda.sh/transfer-hpa-ownership": "true" },
                },
                spec: {
                    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: workload },
                    minReplicaCount: bounds.min,
                    maxReplicaCount: bounds.max,
                    // As often as the controller asks.
                    pollingInterval: 15,
                    advanced: {
                        horizontalPodAutoscalerConfig: { name: workload, behavior: scalingBehavior(scaling) },
                    },
                    triggers: [
                        ...Object.entries(utilisationTargets(scaling)).map(([type, percent]) => ({
                            type,
                            metricType: "Utilization" as const,
                            metadata: { value: String(percent) },
                        })),
                        {
                            type: "kafka",
                            name: "queue",
                            metricType: "AverageValue" as const,
                            metadata: {
                                bootstrapServers: args.brokers,
                                consumerGroup: workload,
                                topic: queue.topic,
                                lagThreshold: String(queue.messagesPerReplica),
                                // Messages from before the first consumer count too.
                                offsetResetPolicy: "earliest",
                                tls: "enable",
                            },
                            authenticationRef: { name: args.trigger, kind: "ClusterTriggerAuthentication" },
                        },
                        ...preScaled(args.preScale, bounds.max),
                    ],
                },
            } satisfies Inputs<ScaledObject>,
            { parent: this, dependsOn: [args.deployment] },
        );
        this.registerOutputs({});
    }
}

/** Between the two times KEDA asks for this number; the largest of all triggers counts. Read: https://keda.sh/docs/2.20/scalers/cron/. */
function preScaled(preScale: PreScale | undefined, replicas: number) {
    return preScale === undefined
        ? []
        : [
              {
                  type: "cron",
                  name: "sale",
                  metadata: {
                      timezone: preScale.timeZone,
                      start: preScale.start,
                      end: preScale.end,
                      desiredReplicas: String(replicas),
                  },
              },
          ];
}
