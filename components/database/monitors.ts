import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { PodMonitor } from "../../custom-resources/types/monitoring.coreos.com/PodMonitor";
import { labels } from "../common/labels";
import { clusterName, instanceLabels, poolerLabels, poolerName, poolerTypes } from "./names";
import type { DatabaseMetrics } from "./types";

/** Ports of metrics: of an instance, and of a pooler's pod. */
export const metricsPorts = { instance: 9187, pooler: 9127 } as const;

/** Arguments of {@link Monitors}. */
export interface MonitorsArgs {
    readonly namespace: pulumi.Input<string>;
    /** What serves the kind. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * PodMonitors of instances and poolers (DB-02, DB-09, DB-11). Our own: the operator's `enablePodMonitor` is deprecated
 * (https://cloudnative-pg.io/docs/1.30/monitoring).
 */
export class Monitors extends pulumi.ComponentResource {
    public readonly metrics: readonly DatabaseMetrics[];

    constructor(name: string, args: MonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:Monitors", name, {}, opts);
        const monitor = (monitorName: string, matchLabels: Readonly<Record<string, string>>): void => {
            new k8s.apiextensions.CustomResource(
                `${name}-${monitorName}`,
                {
                    apiVersion: "monitoring.coreos.com/v1",
                    kind: "PodMonitor",
                    metadata: {
                        name: monitorName,
                        namespace: args.namespace,
                        labels: labels(monitorName, "database"),
                    },
                    spec: { selector: { matchLabels: { ...matchLabels } }, podMetricsEndpoints: [{ port: "metrics" }] },
                } satisfies Inputs<PodMonitor>,
                { parent: this, dependsOn: [...args.needs] },
            );
        };
        monitor(clusterName, instanceLabels);
        poolerTypes.forEach((type) => {
            monitor(poolerName(type), poolerLabels(type));
        });
        this.metrics = [
            { monitor: clusterName, prefix: "cnpg_" },
            ...poolerTypes.map((type) => ({ monitor: poolerName(type), prefix: "cnpg_pgbouncer_" })),
        ];
        this.registerOutputs({});
    }
}
