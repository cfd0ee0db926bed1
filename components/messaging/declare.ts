import { homePool } from "../../config/profiles";
import { declareCharts } from "../helm";
import { type Caller, type Declaration, type Destination, type PodGroup, sum } from "../layer";
import { type Queue, queueReader } from "../common/queues";
import { images } from "./images";
import type { LayerConfig } from "./layer-config";
import { operatorLabels, strimzi } from "./strimzi";
import { brokerResources, controllerResources, entityOperatorResources, exporterResources } from "./sizes";
import { clusterName, kafkaEndpoint, kafkaPorts, messagingNamespace, poolLabels } from "./types";

const { replication, controlPlane, agent, metrics } = kafkaPorts;

const labelsOf = (name: string) => ({ "strimzi.io/cluster": clusterName, "strimzi.io/name": `${clusterName}-${name}` });

const selector = (labels: Readonly<Record<string, string>>) => ({ namespace: messagingNamespace, labels }) as const;

const peers = {
    operator: selector(operatorLabels),
    broker: selector(poolLabels("broker")),
    controller: selector(poolLabels("controller")),
    entity: selector(labelsOf("entity-operator")),
    exporter: selector(labelsOf("kafka-exporter")),
} as const;

const from = (peer: keyof typeof peers, ...ports: readonly number[]): Caller[] =>
    ports.map((port) => ({ pods: peers[peer], port }));
const to = (peer: keyof typeof peers, ...ports: readonly number[]): Destination[] =>
    ports.map((port) => ({ pods: peers[peer], port }));

type Group = Pick<PodGroup, "name" | "labels" | "resources" | "callers" | "calls"> & { readonly count: number };

/** Reads how many messages wait, where a workload is scaled by them (AS-06). */
const autoscaler: Caller = {
    pods: { namespace: queueReader.namespace, labels: queueReader.podLabels },
    port: kafkaPorts.clients,
};

/** The pods of the cluster; the operator creates them. */
function groups({ messaging, tier }: LayerConfig, queues: readonly Queue[]): Group[] {
    const combined = messaging.controllers === 0;
    const quorum = combined ? "broker" : "controller";
    const brokers: Group = {
        name: `${clusterName}-broker`,
        labels: poolLabels("broker"),
        count: messaging.brokers,
        resources: brokerResources(messaging, tier),
        callers: [
            { callersOf: "kafka" },
            ...(queues.length === 0 ? [] : [autoscaler]),
            { metrics },
            ...from("broker", replication, ...(combined ? [controlPlane] : [])),
            ...from("operator", replication, agent, ...(combined ? [controlPlane] : [])),
            ...from("entity", replication),
            ...from("exporter", replication),
        ],
        // The API: a broker reads its certificates from Secrets, and its zone from its node.
        calls: ["dns", "api-server", ...to("broker", replication), ...to(quorum, controlPlane)],
    };
    const controllers: Group = {
        name: `${clusterName}-controller`,
        labels: poolLabels("controller"),
        count: messaging.controllers,
        resources: controllerResources,
        callers: [
            { metrics },
            ...from("broker", controlPlane),
            ...from("controller", controlPlane),
            ...from("operator", controlPlane, agent),
        ],
        calls: ["dns", "api-server", ...to("controller", controlPlane)],
    };
    return [
        brokers,
        ...(combined ? [] : [controllers]),
        {
            name: `${clusterName}-entity-operator`,
            labels: labelsOf("entity-operator"),
            count: 1,
            resources: sum(entityOperatorResources, entityOperatorResources),
            // The topic operator's port, and the user operator's.
            callers: [{ metrics: 8080 }, { metrics: 8081 }],
            calls: ["dns", "api-server", ...to("broker", replication)],
        },
        {
            name: `${clusterName}-kafka-exporter`,
            labels: labelsOf("kafka-exporter"),
            count: 1,
            resources: exporterResources,
            callers: [{ metrics }],
            calls: ["dns", ...to("broker", replication)],
        },
    ];
}

/** The operator calls the nodes besides the API, which charts do not declare. */
function operatorCalls({ messaging }: LayerConfig): Destination[] {
    return messaging.controllers === 0
        ? to("broker", replication, agent, controlPlane)
        : [...to("broker", replication, agent), ...to("controller", controlPlane, agent)];
}

/**
 * What the layer runs. A replica has the operator only: Kafka starts when the stack is promoted (CL-18).
 *
 * @param queues what autoscalers read. @default nothing
 */
export function declareMessaging(config: LayerConfig, queues: readonly Queue[] = []): Declaration {
    const { charts, images: chartImages, pods } = declareCharts([strimzi], config);
    const operator = pods.map((group) => ({ ...group, calls: [...group.calls, ...operatorCalls(config)] }));
    const cluster = groups(config, queues).map(({ count, name, ...group }): PodGroup => ({
        ...group,
        name,
        namespace: messagingNamespace,
        app: { name, component: "messaging" },
        source: "controller",
        pool: homePool(config.profile, { namespace: messagingNamespace }),
        // Strimzi restarts pods one at a time and adds none. The Deployments of single pods add one.
        count: { min: count, max: count, surge: name.endsWith("operator") || name.endsWith("exporter") ? 1 : 0 },
        spread: config.spread,
    }));
    return {
        charts,
        images: [...chartImages, { image: images.kafka }],
        pods: config.role === "replica" ? operator : [...operator, ...cluster],
        stores: { kafka: kafkaEndpoint },
    };
}
