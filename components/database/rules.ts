import { databaseName } from "../../catalog/database";
import type { AlertingRule, RecordingRule, RuleGroup } from "../common/prometheus-rules";
import { managedServiceOf } from "./config-kind";
import { poolerConnections } from "./config-sizing";
import type { LayerConfig } from "./layer-config";
import { poolerName, poolerTypes } from "./names";

/** Seconds of reads and writes that the database may take, by measure (DB-11). */
export const durations = {
    read: { avg: 0.025, p95: 0.05, p99: 0.1 },
    write: { avg: 0.045, p95: 0.1, p99: 0.2 },
} as const;

/** Share of a pooler's connections that may be in use, and of transactions that have to be committed (DB-11). */
export const shares = { poolUse: 0.6, committed: 0.999 } as const;

/** Seconds that a replica may be behind (DB-02). */
export const lagSeconds = 0.1;

type Kind = keyof typeof durations;

const runbook = "slow-database";
const title = { read: "Reads", write: "Writes" } as const;

/** `db.operation.name` of OpenTelemetry's conventions for each kind. */
const operations: Readonly<Record<Kind, string>> = { read: "SELECT", write: "INSERT|UPDATE|DELETE|MERGE" };

/**
 * Durations that the services see, with the poolers' queue: `db.client.operation.duration` of OpenTelemetry's conventions for
 * database clients, which every service reports (https://opentelemetry.io/docs/specs/semconv/database/database-metrics/).
 */
function clientRules(kind: Kind): (RecordingRule | AlertingRule)[] {
    const selector = `{db_system_name="postgresql",db_operation_name=~"${operations[kind]}"}`;
    const metric = "db_client_operation_duration_seconds";
    const rate = (suffix: string, by = "") => `sum${by}(rate(${metric}_${suffix}${selector}[5m]))`;
    const quantile = (value: number) => `histogram_quantile(${value}, ${rate("bucket", " by (le) ")})`;
    const expressions = { avg: `${rate("sum")} / ${rate("count")}`, p95: quantile(0.95), p99: quantile(0.99) };
    return (["avg", "p95", "p99"] as const).flatMap((measure): (RecordingRule | AlertingRule)[] => {
        const record = `postgres:operation_seconds:${measure}_5m`;
        const limit = durations[kind][measure];
        return [
            { record, expr: expressions[measure], labels: { kind } },
            {
                alert: `Postgres${title[kind]}Slow`,
                expr: `${record}{kind="${kind}"} > ${limit}`,
                for: "10m",
                severity: "warning",
                labels: { measure },
                summary: `${title[kind]} take more than ${limit * 1000} ms (${measure}) at the services`,
                runbook,
            },
        ];
    });
}

/** Durations that the servers count in pg_stat_statements, without network and queue. */
function serverRules(kind: Kind): (RecordingRule | AlertingRule)[] {
    const record = "postgres:statement_seconds:avg_5m";
    const rate = (metric: string) => `sum(rate(cnpg_shop_statements_${metric}{kind="${kind}"}[5m]))`;
    const limit = durations[kind].avg;
    return [
        { record, expr: `${rate("seconds")} / ${rate("calls")}`, labels: { kind } },
        {
            alert: "PostgresStatementsSlow",
            expr: `${record}{kind="${kind}"} > ${limit}`,
            for: "10m",
            severity: "warning",
            labels: { kind },
            summary: `${title[kind]} take more than ${limit * 1000} ms (avg) at the servers`,
            runbook,
        },
    ];
}

/** Server connections in use, of those that PgBouncer may open. */
function poolRules({ database }: Pick<LayerConfig, "database">): (RecordingRule | AlertingRule)[] {
    const record = "postgres:pool_use:ratio";
    const connections = poolerConnections(database.poolers);
    return [
        ...poolerTypes.map((type) => ({
            record,
            expr: `avg(sum by (pod) (cnpg_pgbouncer_pools_sv_active{job="data/${poolerName(type)}"})) / ${connections[type]}`,
            labels: { pooler: poolerName(type) },
        })),
        {
            alert: "PostgresPoolInUse",
            expr: `${record} > ${shares.poolUse}`,
            for: "10m",
            severity: "warning",
            summary: `{{ $labels.pooler }} uses more than ${shares.poolUse * 100} % of its connections`,
            runbook,
        },
    ];
}

/** Committed transactions of all that ended. */
function transactionRules(prefix: string): (RecordingRule | AlertingRule)[] {
    const record = "postgres:transactions_committed:ratio_5m";
    const rate = (metric: string) => `sum(rate(${prefix}pg_stat_database_${metric}{datname="${databaseName}"}[5m]))`;
    const commits = rate("xact_commit");
    return [
        { record, expr: `${commits} / (${commits} + ${rate("xact_rollback")})` },
        {
            alert: "PostgresTransactionsRolledBack",
            expr: `${record} < ${shares.committed}`,
            for: "10m",
            severity: "warning",
            summary: `Less than ${shares.committed * 100} % of the transactions are committed`,
            runbook,
        },
    ];
}

/** Replicas that are behind the primary or no longer receive its log (DB-02). Of a managed service the second is not known. */
function replicationRules(managed: boolean): (RecordingRule | AlertingRule)[] {
    const record = "postgres:replication_lag_seconds:max";
    const metric = "cnpg_pg_replication";
    const disconnected: AlertingRule = {
        alert: "PostgresReplicaDisconnected",
        // A replica that receives nothing has replayed all that it has, and its lag is 0.
        expr: `max by (pod) (${metric}_in_recovery == 1 unless ${metric}_is_wal_receiver_up == 1)`,
        for: "10m",
        severity: "warning",
        summary: "{{ $labels.pod }} does not receive the primary's log",
        runbook: "replica-behind",
    };
    return [
        { record, expr: managed ? "max(pg_replication_lag_seconds)" : `max(${metric}_lag)` },
        {
            alert: "PostgresReplicaBehind",
            expr: `${record} > ${lagSeconds}`,
            for: "10m",
            severity: "warning",
            summary: `A replica is more than ${lagSeconds * 1000} ms behind the primary`,
            runbook: "replica-behind",
        },
        ...(managed ? [] : [disconnected]),
    ];
}

/** Partitions that the next months do not have, and rows that were written without one (DB-12). */
function partitionRules(prefix: string): AlertingRule[] {
    const metric = `${prefix}shop_partitions`;
    return [
        {
            alert: "PostgresPartitionMissing",
            expr: `min by (parent) (${metric}_months_ahead) < 1`,
            for: "10m",
            severity: "warning",
            summary: "{{ $labels.parent }} has no partition for the next month",
            runbook: "partition-missing",
        },
        {
            alert: "PostgresRowsWithoutPartition",
            expr: `max by (parent) (${metric}_default_rows) > 0`,
            for: "10m",
            severity: "warning",
            summary: "{{ $labels.parent }} has rows outside of the months' partitions",
            runbook: "partition-missing",
        },
    ];
}

/**
 * The rules of the database (DB-02, DB-11, DB-12). A managed service has no metrics of PgBouncer and of single statements: there, services'
 * own durations and the servers' transactions remain.
 *
 * Metrics' names are read in cloudnative-pg at v1.30.0, pkg/management/pgbouncer/metricsserver/pools.go and
 * config/manager/default-monitoring.yaml, and in postgres_exporter at v0.19.1, collector/pg_stat_database.go.
 */
export function databaseRuleGroups(config: Pick<LayerConfig, "database" | "replicaOf">): RuleGroup[] {
    const managed = managedServiceOf(config.database.kind) !== undefined;
    const group = (name: string, rules: RuleGroup["rules"]): RuleGroup => ({ name: `postgres-${name}`, rules });
    return [
        group("reads", [...clientRules("read"), ...(managed ? [] : serverRules("read"))]),
        group("writes", [...clientRules("write"), ...(managed ? [] : serverRules("write"))]),
        ...(managed ? [] : [group("pools", poolRules(config))]),
        group("transactions", transactionRules(managed ? "" : "cnpg_")),
        // A replica of the stack replays its primary's archive, minutes later (CL-18).
        ...(config.replicaOf === undefined ? [group("replication", replicationRules(managed))] : []),
        group("partitions", partitionRules(managed ? "" : "cnpg_")),
    ];
}
