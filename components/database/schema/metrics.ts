import { databaseName } from "../../../catalog/database";

/** The ConfigMap of the query. */
export const partitionQueries = "postgres-partitions";

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
