import assert from "node:assert/strict";
import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { pgbouncer } from "./pgbouncer";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };

describe("PgBouncer with prod's parameters in front of the primary (DB-09)", () => {
    let postgres: Postgres;
    let primary: Server;
    let own: number;
    let pooler: Readonly<Record<string, string>>;
    before(async () => {
        const plan = await rendered();
        postgres = new Postgres(new DataRun());
        primary = await postgres.server("postgres_1", { ...plan.settings, synchronous_standby_names: "" });
        const started = await pgbouncer(postgres, "pgbouncer", primary, plan.poolers.rw);
        own = started.port;
        pooler = started.parameters;
    });
    after(() => postgres.end());

    it("starts with every parameter of the plan and listens on loopback only", async () => {
        assert.deepEqual(postgres.run.outside("pgbouncer"), []);
        const shown = await postgres.query<{ key: string; value: string }>(
            { port: own },
            { ...admin, database: "pgbouncer" },
            "SHOW CONFIG",
        );
        const values = Object.fromEntries(shown.map(({ key, value }) => [key, value]));
        for (const [key, value] of Object.entries(pooler).filter(([name]) => !name.includes("_tls_"))) {
            assert.equal(values[key], value, key);
        }
    });

    it("serves 200 clients over the plan's connections, and never one more", async () => {
        const limit = Number(pooler["default_pool_size"]);
        const clients = await Promise.all([...Array(200).keys()].map(() => postgres.connect({ port: own }, admin)));
        const all = clients.map((client) =>
            client.query<{ pid: number }>("SELECT pg_sleep(0.05), pg_backend_pid() AS pid"),
        );
        const results = await Promise.all(all);
        const backends = new Set(results.map(({ rows }) => rows[0]!.pid));
        assert.ok(backends.size <= limit && backends.size > 1, `${backends.size} of ${limit}`);
        const [used] = await postgres.query<{ count: number }>(
            primary,
            admin,
            "SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
        );
        assert.ok(used!.count <= limit);
    });

    it("gives a client another connection for each transaction, without what the one before has set", async () => {
        const client = await postgres.connect({ port: own }, admin);
        await client.query("BEGIN");
        await client.query("SET LOCAL statement_timeout = '1s'");
        await client.query("COMMIT");
        const { rows } = await client.query("SELECT current_setting('statement_timeout') AS timeout");
        assert.deepEqual(rows, [{ timeout: "0" }]);
    });
});
