import assert from "node:assert/strict";

import { statementMetrics } from "../../../components/database/statements";
import { commandsOf } from "../../docs/runbook-commands";
import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };

interface Row {
    readonly kind: string;
    readonly calls: string;
    readonly seconds: number;
}

describe("the figures of statements (DB-11)", () => {
    const { predicate_query: predicate, query } = statementMetrics.shop_statements;
    let postgres: Postgres;
    let server: Server;

    /** What the operator's exporter reads: its role is a member of pg_monitor. */
    const monitored = <R extends object>(sql: string): Promise<R[]> =>
        postgres.query<R>(server, { ...admin, user: "monitor" }, sql);

    before(async () => {
        const { settings } = await rendered();
        postgres = new Postgres(new DataRun());
        server = await postgres.server("postgres_1", { ...settings, synchronous_standby_names: "" });
        await postgres.query(server, admin, `CREATE ROLE monitor LOGIN PASSWORD '${password}' IN ROLE pg_monitor`);
        await postgres.query(server, admin, `CREATE ROLE order_service LOGIN PASSWORD '${password}'`);
        await postgres.query(server, admin, "CREATE TABLE orders (id int); GRANT ALL ON orders TO order_service");
    });
    after(() => postgres.end());

    it("are not asked for before the operator has created the extension", async () => {
        assert.deepEqual(Object.values((await monitored<object>(predicate))[0]!), [false]);
        await postgres.query(server, admin, "CREATE EXTENSION pg_stat_statements");
        assert.deepEqual(Object.values((await monitored<object>(predicate))[0]!), [true]);
    });

    it("count reads and writes of the services' roles, and the seconds that they took", async () => {
        await postgres.query(server, admin, "SELECT public.pg_stat_statements_reset()");
        const service = { user: "order_service", database: "postgres" };
        for (let run = 0; run < 3; run += 1) {
            await postgres.query(server, service, "  select count(*), pg_sleep(0.1) from orders");
        }
        await postgres.query(server, service, "INSERT INTO orders VALUES ($1)", [1]);
        await postgres.query(server, service, "UPDATE orders SET id = 2");
        await postgres.query(server, service, "DELETE FROM orders WHERE id = 3");
        // Neither a read nor a write for sure.
        await postgres.query(server, service, "WITH old AS (DELETE FROM orders RETURNING id) SELECT FROM old");
        await postgres.query(server, service, "BEGIN; COMMIT");
        // Of no service.
        await postgres.query(server, admin, "SELECT count(*) FROM orders");
        const rows = await monitored<Row>(`${query} ORDER BY kind`);
        assert.deepEqual(
            rows.map(({ kind, calls }) => [kind, Number(calls)]),
            [
                ["read", 3],
                ["write", 3],
            ],
        );
        assert.ok(rows[0]!.seconds >= 0.3 && rows[1]!.seconds < rows[0]!.seconds, JSON.stringify(rows));
        const { metrics } = statementMetrics.shop_statements;
        assert.deepEqual(
            Object.keys(rows[0]!),
            metrics.flatMap((metric) => Object.keys(metric)),
        );
    });

    it("can be looked at by statement, as the runbook says", async () => {
        const lines = commandsOf("slow-database").filter((line) => line.startsWith("SELECT"));
        assert.equal(lines.length, 2);
        const [slow, open] = await Promise.all(lines.map((line) => monitored<{ query: string }>(line)));
        assert.match(slow?.[0]?.query ?? "", /^ *select count\(\*\), pg_sleep/);
        assert.ok(
            open?.some((row) => row.query.startsWith("SELECT ")),
            JSON.stringify(open),
        );
    });
});
