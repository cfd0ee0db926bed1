import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";

import { databaseName } from "../../../catalog/database";
import { labels } from "../../common/labels";
import { reloaded } from "../names";

/** The ConfigMap and its key, as `monitoring.customQueriesConfigMap` of the Cluster names them. */
export const partitionQueries = { name: "postgres-partitions", key: "queries" } as const;

/**
 * Queries of the operator's exporter: `cnpg_shop_partitions_months_ahead` for the alert "next partition missing" (below 1) and
 * `cnpg_shop_partitions_default_rows` (above 0). https://cloudnative-pg.io/docs/1.30/monitoring#user-defined-metrics
 * The exporter of managed services reads the same format, ignores the keys that it does not know, and adds no `cnpg_`.
 */
export const partitionMetrics = {
    shop_partitions: {
        // Before the first migration there is nothing to ask.
        predicate_query: "SELECT to_regprocedure('shop.partition_status(date)') IS NOT NULL",
        query: "SELECT parent, months_ahead, default_rows FROM shop.partition_status()",
        target_databases: [databaseName],
        // The same on every replica.
        primary: true,
        metrics: [
            { parent: { usage: "LABEL", description: "Partitioned table" } },
            {
                months_ahead: {
                    usage: "GAUGE",
                    description: "Months after this one that have a partition, without a gap",
                },
            },
            { default_rows: { usage: "GAUGE", description: "Rows outside of all months' partitions" } },
        ],
    },
} as const;

/** Arguments of {@link PartitionMetrics}. */
export interface PartitionMetricsArgs {
    readonly namespace: pulumi.Input<string>;
}

/** The figures behind the alert "next partition missing" (DB-12). */
export class PartitionMetrics extends pulumi.ComponentResource {
    /** Name of the ConfigMap; resolves when it exists. */
    public readonly configMapName: pulumi.Output<string>;

    constructor(name: string, { namespace }: PartitionMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:PartitionMetrics", name, {}, opts);
        const configMap = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: {
                    name: partitionQueries.name,
                    namespace,
                    // With `cnpg.io/reload`, the operator reads a change at once.
                    labels: { ...labels(partitionQueries.name, "database"), ...reloaded },
                },
                data: { [partitionQueries.key]: stringify(partitionMetrics) },
            },
            { parent: this },
        );
        this.configMapName = configMap.metadata.name;
        this.registerOutputs({ configMapName: this.configMapName });
    }
}
