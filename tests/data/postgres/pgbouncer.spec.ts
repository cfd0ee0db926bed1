import assert from "node:assert/strict";
import { join } from "node:path";

import { program } from "../harness/programs";
import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("PgBouncer with prod's parameters in front of the primary (DB-09)", () => {
    let postgres: Postgres;
    let primary: Server;
    let own: number;
    let pooler: Readonly<Record<string, string>>;
    before(async () => {
        const plan = await rendered();
        postgres = new Postgres(new DataRun());
        primary = await postgres.server("postgres_1", { ...plan.settings, synchronous_standby_names: "" });
        const folder = postgres.folder("pgbouncer");
        own = await postgres.run.port();
        // Debian has 1.18, which does not know the parameter yet (1.21, https://www.pgbouncer.org/changelog.html).
        pooler = Object.fromEntries(Object.entries(plan.pooler).filter(([key]) => key !== "max_prepared_statements"));
        const ini = {
            ...pooler,
            // The suite's server has no certificate.
            client_tls_sslmode: "disable",
            server_tls_sslmode: "disable",
            listen_addr: "127.0.0.1",
            listen_port: String(own),
            unix_socket_dir: "",
            auth_type: "scram-sha-256",
            auth_file: join(folder, "users.txt"),
            admin_users: "postgres",
        };
        const lines = Object.entries(ini).map(([key, value]) => `${key} = ${value}`);
        const target = `[databases]\n* = host=127.0.0.1 port=${primary.port}\n[pgbouncer]\n`;
        postgres.write(folder, "pgbouncer.ini", `${target}${lines.join("\n")}\n`);
        postgres.write(folder, "users.txt", `"postgres" "${password}"\n`);
        await postgres.run.start(
            "pgbouncer",
            ...postgres.unprivileged(program("pgbouncer"), [join(folder, "pgbouncer.ini")]),
        );
        await pause(1000);
        try {
            postgres.run.programs.check();
        } catch (error) {
            throw new Error(postgres.run.programs.tail("pgbouncer"), { cause: error });
        }
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
