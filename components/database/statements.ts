import { databaseName } from "../../catalog/database";

/** The ConfigMap of the query; its key is that of all queries. */
export const statementQueries = "postgres-statements";

/**
 * Query of the operator's exporter: `cnpg_shop_statements_calls` and `cnpg_shop_statements_seconds` by kind, of what the
 * services' roles have run (DB-11). Statements that begin otherwise, such as `WITH`, may be either and are left out. The
 * counters fall when PostgreSQL forgets rare statements (`pg_stat_statements.max`); their quotient stays a mean.
 */
export const statementMetrics = {
    shop_statements: {
        // The operator creates the extension after the first start.
        predicate_query: "SELECT to_regclass('public.pg_stat_statements') IS NOT NULL",
        query: `
            SELECT kind, sum(calls) AS calls, sum(total_exec_time) / 1000 AS seconds
            FROM (
                SELECT calls, total_exec_time,
                    CASE
                        WHEN query ~* '^\\s*select\\M' THEN 'read'
                        WHEN query ~* '^\\s*(insert|update|delete|merge)\\M' THEN 'write'
                    END AS kind
                FROM public.pg_stat_statements
                JOIN pg_roles ON pg_roles.oid = userid
                JOIN pg_database ON pg_database.oid = dbid
                WHERE toplevel AND rolname LIKE '%\\_service' AND datname = current_database()
            ) AS statements
            WHERE kind IS NOT NULL
            GROUP BY kind`.replace(/\s+/g, " "),
        target_databases: [databaseName],
        metrics: [
            { kind: { usage: "LABEL", description: "read or write" } },
            { calls: { usage: "COUNTER", description: "Statements of the services" } },
            { seconds: { usage: "COUNTER", description: "Seconds that they took" } },
        ],
    },
} as const;
