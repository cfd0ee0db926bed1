import assert from "node:assert/strict";

import type { JsonObject } from "../../tools/plan";
import { kindObject } from "../components/database/kinds";
import { alertTests, type Firing, plannedGroups, type Series, testRules } from "./promtool";

const operation = 'db_system_name="postgresql",db_operation_name';
const duration = "db_client_operation_duration_seconds";

/** A counter that grows by an amount each minute. */
function counter(series: string, perMinute: number): Series {
    return { series, values: `0+${perMinute}x60` };
}

/** 60 operations a minute of a mean duration, in seconds. */
function mean(name: string, seconds: number): Series[] {
    return [
        counter(`${duration}_sum{${operation}="${name}"}`, Number((seconds * 60).toFixed(6))),
        counter(`${duration}_count{${operation}="${name}"}`, 60),
        // Of another database: not counted.
        counter(`${duration}_sum{db_system_name="redis",db_operation_name="${name}"}`, 6000),
        counter(`${duration}_count{db_system_name="redis",db_operation_name="${name}"}`, 6000),
    ];
}

/** 1,000 operations a minute, a share of which take up to the limit in seconds, and the rest up to double. */
function within(name: string, limit: number, share: number): Series[] {
    const bucket = (le: string, count: number) =>
        counter(`${duration}_bucket{${operation}="${name}",le="${le}"}`, count);
    return [bucket(String(limit), share * 1000), bucket(String(limit * 2), 1000), bucket("+Inf", 1000)];
}

function firing(summary: string, labels: Readonly<Record<string, string>>, runbook = "slow-database"): Firing {
    return {
        labels: { component: "database", severity: "warning", ...labels },
        annotations: { summary, runbook: `docs/runbooks/${runbook}.md` },
    };
}

/** The statements of DB-11: alert, name of an operation, kind, and limits in milliseconds. */
const kinds = [
    ["Reads", "SELECT", "read", { avg: 25, p95: 50, p99: 100 }],
    ["Writes", "UPDATE", "write", { avg: 45, p95: 100, p99: 200 }],
] as const;

async function managedGroups(): Promise<JsonObject[]> {
    const { inputs } = await kindObject("PrometheusRule database-rules", "aws", "rds");
    return (inputs["spec"] as { readonly groups: JsonObject[] }).groups;
}

describe("the rules of the database (DB-02, DB-11, DB-12)", () => {
    let groups: JsonObject[];
    before(async () => {
        groups = (await plannedGroups("prod", "gcp"))["postgres"] ?? [];
    });

    for (const [title, name, kind, limits] of kinds) {
        it(`report ${kind}s that take longer than ${Object.values(limits).join(", ")} ms`, () => {
            const alert = `Postgres${title}Slow`;
            const fires = (measure: keyof typeof limits): Firing =>
                firing(`${title} take more than ${limits[measure]} ms (${measure}) at the services`, { kind, measure });
            const seconds = { avg: limits.avg / 1000, p95: limits.p95 / 1000, p99: limits.p99 / 1000 };
            const tests = [
                ...alertTests(alert, 10, fires("avg"), mean(name, seconds.avg * 1.02), mean(name, seconds.avg * 0.98)),
                ...alertTests(
                    alert,
                    10,
                    fires("p95"),
                    within(name, seconds.p95, 0.949),
                    within(name, seconds.p95, 0.951),
                ),
            ];
            assert.match(testRules(groups, tests), /SUCCESS\s*$/);
        });

        it(`report the slowest of 100 ${kind}s alone, where 95 are fast enough`, () => {
            const bucket = (le: number | "+Inf", count: number) =>
                counter(`${duration}_bucket{${operation}="${name}",le="${le}"}`, count);
            const series = (share: number) => [
                bucket(limits.p95 / 1000, 960),
                bucket(limits.p99 / 1000, share * 1000),
                bucket((limits.p99 * 2) / 1000, 1000),
                bucket("+Inf", 1000),
            ];
            const fires = firing(`${title} take more than ${limits.p99} ms (p99) at the services`, {
                kind,
                measure: "p99",
            });
            const tests = alertTests(`Postgres${title}Slow`, 10, fires, series(0.989), series(0.991));
            assert.match(testRules(groups, tests), /SUCCESS\s*$/);
        });

        it(`report the mean of ${kind}s at the servers`, () => {
            const series = (seconds: number) => [
                counter(`cnpg_shop_statements_seconds{kind="${kind}",pod="postgres-1"}`, seconds * 1000),
                counter(`cnpg_shop_statements_calls{kind="${kind}",pod="postgres-1"}`, 1000),
            ];
            const limit = limits.avg / 1000;
            const fires = firing(`${title} take more than ${limits.avg} ms (avg) at the servers`, { kind });
            const tests = alertTests("PostgresStatementsSlow", 10, fires, series(limit * 1.02), series(limit * 0.98));
            assert.match(testRules(groups, tests), /SUCCESS\s*$/);
        });
    }

    it("report a pooler that uses more than 60 % of its connections", () => {
        const pools = (type: string, perPod: number): Series[] =>
            [1, 2, 3].flatMap((pod) =>
                ["order_service", "user_service"].map((user) => ({
                    series: `cnpg_pgbouncer_pools_sv_active{job="data/postgres-pooler-${type}",pod="${type}-${pod}",user="${user}"}`,
                    values: `${perPod / 2}x60`,
                })),
            );
        for (const [type, connections] of [
            ["rw", 20],
            ["ro", 60],
        ] as const) {
            const fires = firing(`postgres-pooler-${type} uses more than 60 % of its connections`, {
                pooler: `postgres-pooler-${type}`,
            });
            const series = [pools(type, connections * 0.61), pools(type, connections * 0.59)] as const;
            const tests = alertTests("PostgresPoolInUse", 10, fires, ...series, "gauge");
            assert.match(testRules(groups, tests), /SUCCESS\s*$/);
        }
    });

    for (const [title, prefix, groupsOf] of [
        ["the operator's exporter", "cnpg_", () => Promise.resolve(groups)],
        ["the exporter of a managed service", "", managedGroups],
    ] as const) {
        it(`report less than 99.9 % of transactions committed, with the figures of ${title}`, async () => {
            const series = (rolledBack: number) => [
                counter(`${prefix}pg_stat_database_xact_commit{datname="shop",pod="1"}`, 100_000 - rolledBack),
                counter(`${prefix}pg_stat_database_xact_rollback{datname="shop",pod="1"}`, rolledBack),
                counter(`${prefix}pg_stat_database_xact_rollback{datname="postgres",pod="1"}`, 100_000),
            ];
            const fires = firing("Less than 99.9 % of the transactions are committed", {});
            const tests = alertTests("PostgresTransactionsRolledBack", 10, fires, series(101), series(99));
            assert.match(testRules(await groupsOf(), tests), /SUCCESS\s*$/);
        });
    }

    it("report a replica that is more than 100 ms behind (DB-02)", async () => {
        const fires = firing("A replica is more than 100 ms behind the primary", {}, "replica-behind");
        for (const [metric, own] of [
            ["cnpg_pg_replication_lag", groups],
            ["pg_replication_lag_seconds", await managedGroups()],
        ] as const) {
            const series = (last: string) =>
                ["0", "0.01", last].map((lag, pod) => ({ series: `${metric}{pod="${pod}"}`, values: `${lag}x60` }));
            const tests = alertTests("PostgresReplicaBehind", 10, fires, series("0.101"), series("0.099"), "gauge");
            assert.match(testRules(own, tests), /SUCCESS\s*$/, metric);
        }
    });

    it("report a replica that does not receive the primary's log, and not the primary", () => {
        const series = (receives: number) =>
            [
                ["in_recovery", "postgres-1", 0],
                ["is_wal_receiver_up", "postgres-1", 0],
                ["in_recovery", "postgres-2", 1],
                ["is_wal_receiver_up", "postgres-2", receives],
            ].map(([metric, pod, value]) => ({
                series: `cnpg_pg_replication_${metric}{pod="${pod}"}`,
                values: `${value}x60`,
            }));
        const text = "postgres-2 does not receive the primary's log";
        const fires = firing(text, { pod: "postgres-2" }, "replica-behind");
        const tests = alertTests("PostgresReplicaDisconnected", 10, fires, series(0), series(1), "gauge");
        assert.match(testRules(groups, tests), /SUCCESS\s*$/);
    });

    it("report a missing partition, and rows without one (DB-12)", async () => {
        for (const [prefix, own] of [
            ["cnpg_", groups],
            ["", await managedGroups()],
        ] as const) {
            const series = (metric: string, value: number) => [
                { series: `${prefix}shop_partitions_${metric}{parent="orders",pod="1"}`, values: `${value}x60` },
            ];
            const fires = (text: string) => firing(`orders has ${text}`, { parent: "orders" }, "partition-missing");
            const missing = fires("no partition for the next month");
            const rows = fires("rows outside of the months' partitions");
            const tests = [
                ...alertTests(
                    "PostgresPartitionMissing",
                    10,
                    missing,
                    series("months_ahead", 0),
                    series("months_ahead", 1),
                    "gauge",
                ),
                ...alertTests(
                    "PostgresRowsWithoutPartition",
                    10,
                    rows,
                    series("default_rows", 1),
                    series("default_rows", 0),
                    "gauge",
                ),
            ];
            assert.match(testRules(own, tests), /SUCCESS\s*$/, prefix);
        }
    });
});
