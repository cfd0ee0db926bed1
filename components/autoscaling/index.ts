import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { queueReader, queuesOf } from "../common/queues";
import { installCharts } from "../helm";
import type { Layer } from "../layer";
import type { Messaging } from "../messaging/types";
import type { Namespaces } from "../security/types";
import { declareAutoscaling } from "./declare";
import { KafkaTrigger } from "./kafka-trigger";
import { keda } from "./keda";
import type { LayerConfig } from "./layer-config";
import type { Autoscaling } from "./types";

/** Autoscalers by the length of a queue (AS-06). */
export const autoscaling: Layer<
    "autoscaling",
    LayerConfig,
    {
        readonly cluster: Cluster;
        readonly security: Namespaces;
        readonly addons: Addons;
        readonly certificates: Certificates;
        readonly messaging: Messaging;
    },
    Autoscaling
> = {
    name: "autoscaling",
    optional: { wanted: ({ replicas }) => replicas.autoscale, absent: { kafkaTrigger: undefined } },
    declare: declareAutoscaling,
    create: (name, args, opts) => {
        const { config, workloads, cluster, security: namespaces, addons, certificates, messaging } = args;
        if (queuesOf(config, workloads).length === 0) {
            return { kafkaTrigger: undefined };
        }
        const certManager = addons.ready["cert-manager"];
        const needs = [addons.priority, ...(certManager === undefined ? [] : [certManager])];
        const controller = Object.values(
            installCharts(name, [keda], { config, cluster, namespaces, site: undefined, needs }, opts),
        );
        const trigger = new KafkaTrigger(
            `${name}-kafka`,
            {
                namespace: namespaces[queueReader.namespace],
                issuer: certificates.internal,
                needs: [...controller, ...messaging.kafka.ready],
            },
            opts,
        );
        return { kafkaTrigger: trigger.triggerName };
    },
};
