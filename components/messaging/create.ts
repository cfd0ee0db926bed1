import type * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../catalog/graph";
import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { queuesOf } from "../common/queues";
import { PrometheusRules } from "../common/prometheus-rules";
import { installCharts } from "../helm";
import { type LayerArgs, servicesOf } from "../layer";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { KafkaAccess } from "./access";
import { KafkaCluster } from "./kafka-cluster";
import type { LayerConfig } from "./layer-config";
import { messagingRuleGroups } from "./rules";
import { settingsOf } from "./settings";
import { strimzi } from "./strimzi";
import { kafkaEndpoint, type Messaging } from "./types";

/** What the layer needs of those before it. */
export interface MessagingNeeds {
    readonly cluster: Cluster;
    readonly storage: Storage;
    readonly security: Namespaces;
    readonly addons: Addons;
    readonly certificates: Certificates;
}

/** Creates the operator, and the Kafka cluster except in a replica (MQ-01, MQ-02, CL-18). */
export function createMessaging(
    name: string,
    args: LayerArgs<LayerConfig> & MessagingNeeds,
    opts: pulumi.ComponentResourceOptions,
): Messaging {
    const { config, workloads, declared, cluster, storage, security: namespaces, addons, certificates } = args;
    const callers = declared.graph.storeCallers("kafka");
    const site = { config, cluster, namespaces, site: undefined, needs: [addons.priority] };
    const operator = Object.values(installCharts(name, [strimzi], site, opts));
    const settings = (workload: string) => settingsOf(callers.find((one: StoreCaller) => one.workload === workload));
    const monitors = addons.ready["prometheus-operator-crds"];
    const monitoring = monitors === undefined ? [] : [monitors];
    const rules = { component: "messaging", ruleName: "kafka", namespace: namespaces.messaging };
    new PrometheusRules(`${name}-rules`, { ...rules, groups: messagingRuleGroups, needs: monitoring }, opts);
    if (config.role === "replica") {
        // Kafka starts when the stack is promoted; the services have no pods until then (CL-18).
        return servicesOf({ kafka: kafkaEndpoint }, () => ({ settingsOf: settings, ready: operator }));
    }
    const kafka = new KafkaCluster(
        `${name}-kafka`,
        {
            config,
            namespace: namespaces.messaging,
            issuer: certificates.internal,
            storageClass: storage.fastSsd,
            needs: [...operator, ...monitoring],
        },
        opts,
    );
    const access = new KafkaAccess(
        `${name}-access`,
        {
            messaging: config.messaging,
            namespace: namespaces.messaging,
            callers,
            queues: queuesOf(config, workloads),
            needs: [kafka],
        },
        opts,
    );
    return servicesOf({ kafka: kafkaEndpoint }, () => ({ settingsOf: settings, ready: [access] }));
}
