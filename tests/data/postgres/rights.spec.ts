import assert from "node:assert/strict";

import type { Client } from "pg";

import { databaseName, databaseOwner, databaseRole, roleCommits } from "../../../catalog/database";
import { maintenanceRole, type ServiceAccess, serviceAccess, type TableAccess } from "../../../catalog/schema/access";
import { partitionMetrics } from "../../../components/database/schema/metrics";
import { schemaSql, seedSql } from "../../../components/database/schema/migrations";
import { migrate, prepare } from "../harness/migrate";
import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";

const services = Object.entries<ServiceAccess>(serviceAccess);
const denied = "42501";

/** Code of the error of a statement that is rolled back; undefined when it succeeds. */
async function attempt(client: Client, sql: string): Promise<string | undefined> {
    await client.query("BEGIN");
    try {
        await client.query(sql);
        return undefined;
    } catch (error) {
        return (error as { readonly code?: string }).code;
    } finally {
        await client.query("ROLLBACK");
    }
}

/** What each verb does to a table: rights are checked before values, and everything is rolled back. */
function statements(table: string, columns: readonly string[]): Record<string, string> {
    const one = columns[0] ?? "";
    return {
        select: `SELECT FROM shop.${table} LIMIT 1`,
        insert: `INSERT INTO shop.${table} DEFAULT VALUES`,
        delete: `DELETE FROM shop.${table} WHERE false`,
        truncate: `TRUNCATE shop.${table}`,
        drop: `DROP TABLE shop.${table}`,
        alter: `ALTER TABLE shop.${table} ADD COLUMN mine int`,
        trigger: `CREATE TRIGGER mine BEFORE INSERT ON shop.${table} EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
        ...Object.fromEntries(
            columns.map((column) => [
                `update ${column}`,
                `UPDATE shop.${table} SET ${column} = DEFAULT WHERE false AND '${one}' = ''`,
            ]),
        ),
    };
}

/** Whether the table of rights allows a verb. */
function allows(access: TableAccess | undefined, verb: string): boolean {
    const [name, column = ""] = verb.split(" ");
    if (name === "update") {
        return access?.update === true || (access?.update ?? []).includes(column);
    }
    return (name === "select" || name === "insert" || name === "delete") && access?.[name] === true;
}

for (const users of ["plain", "partitioned"] as const) {
    describe(`rights in the database with ${users} users (DB-15 to DB-17)`, () => {
        let postgres: Postgres;
        let server: Server;
        const tables = new Map<string, string[]>();
        const as = (user: string) => postgres.connect(server, { user, database: databaseName });
        before(async () => {
            postgres = new Postgres(new DataRun());
            server = await postgres.server("primary", { fsync: "off" });
            await prepare(postgres, server);
            const { migrations, access } = schemaSql(users);
            assert.equal((await migrate(postgres, server, users, migrations)).code, 0);
            const owner = { user: databaseOwner, database: databaseName };
            await postgres.query(server, owner, access);
            const rows = await postgres.query<{ name: string; columns: string[] }>(
                server,
                owner,
                `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
                 FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                 WHERE c.relnamespace = 'shop'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
                 AND a.attgenerated = '' AND a.attidentity = '' GROUP BY 1 ORDER BY 1`,
            );
            rows.forEach(({ name, columns }) => tables.set(name, columns));
            assert.ok(tables.size > 20, [...tables.keys()].join());
        });
        after(() => postgres.end());

        for (const [service, { tables: rights }] of services) {
            it(`${service}: can do what its row says, and nothing else, with every table and column`, async () => {
                const client = await as(databaseRole(service));
                const wrong: string[] = [];
                let tried = 0;
                for (const [table, columns] of tables) {
                    for (const [verb, sql] of Object.entries(statements(table, columns))) {
                        const code = await attempt(client, sql);
                        const expected = allows(rights[table], verb);
                        tried += 1;
                        if ((code !== denied) !== expected) {
                            wrong.push(`${verb} on ${table}: ${code ?? "done"}`);
                        }
                    }
                }
                assert.deepEqual(wrong, []);
                assert.ok(tried > 250, `${tried}`);
            });

            it(`${service}: cannot create, become another role, read files or call the maintenance`, async () => {
                const client = await as(databaseRole(service));
                const refused = [
                    "CREATE TABLE mine (id int)",
                    "CREATE TABLE public.mine (id int)",
                    "CREATE TEMPORARY TABLE mine (id int)",
                    "CREATE SCHEMA mine",
                    "CREATE ROLE mine",
                    `SET ROLE ${databaseOwner}`,
                    ...services
                        .filter(([other]) => other !== service)
                        .map(([other]) => `SET ROLE ${databaseRole(other)}`),
                    "SELECT shop.create_month_partitions()",
                    "SELECT * FROM shop.partition_status()",
                    ...(service === "cache-warm" ? [] : ["SELECT shop.popular_products(1)"]),
                    "SELECT * FROM public.schema_migrations",
                    "SELECT rolpassword FROM pg_authid",
                    "SELECT pg_read_file('postgresql.conf')",
                    "COPY (SELECT 1) TO PROGRAM 'true'",
                    "ALTER SYSTEM SET work_mem = '1MB'",
                ];
                // ALTER SYSTEM is refused in a transaction before rights are checked.
                for (const sql of refused.slice(0, -1)) {
                    assert.equal(await attempt(client, sql), denied, sql);
                }
                await assert.rejects(client.query(refused.at(-1)!), { code: denied });
            });

            it(`${service}: has its commit level and time limits, whatever the pooler resets`, async () => {
                const client = await as(databaseRole(service));
                const { rows } = await client.query<Record<string, string>>(
                    "SELECT current_setting('synchronous_commit') AS commit, current_setting('statement_timeout') AS timeout, current_setting('search_path') AS path, current_setting('idle_in_transaction_session_timeout') AS idle",
                );
                const seconds = `${serviceAccess[service as keyof typeof serviceAccess].statementTimeoutMs / 1000}s`;
                const commit = roleCommits[service]?.level ?? "on";
                assert.deepEqual(rows, [{ commit, timeout: seconds, path: "shop", idle: "10s" }]);
            });
        }

        it("the maintenance calls its two functions and reads no table", async () => {
            const client = await as(maintenanceRole);
            assert.equal(await attempt(client, "SELECT shop.create_month_partitions(4)"), undefined);
            assert.equal(await attempt(client, "SELECT * FROM shop.partition_status()"), undefined);
            for (const [table, columns] of tables) {
                for (const [verb, sql] of Object.entries(statements(table, columns))) {
                    assert.equal(await attempt(client, sql), denied, `${verb} on ${table}`);
                }
            }
        });

        it("the exporter reads the figures of the alert as pg_monitor, and no table", async () => {
            const client = await as("postgres");
            const { predicate_query: predicate, query, metrics } = partitionMetrics.shop_partitions;
            await client.query("SET ROLE pg_monitor");
            const { rows } = await client.query<Record<string, unknown>>(query);
            assert.deepEqual(Object.values((await client.query<object>(predicate)).rows[0]!), [true]);
            const parents = ["order_items", "orders", ...(users === "plain" ? [] : ["users"])];
            assert.deepEqual(
                rows,
                parents.map((parent) => ({ parent, months_ahead: 3, default_rows: "0" })),
            );
            assert.deepEqual(
                Object.keys(rows[0]!),
                metrics.flatMap((metric) => Object.keys(metric)),
            );
            assert.equal(await attempt(client, "SELECT FROM shop.orders"), denied);
            await client.query("RESET ROLE");
        });

        it("the made-up catalogue of dev is there once, however often it runs", async () => {
            const client = await as(databaseOwner);
            await client.query(seedSql());
            await client.query(seedSql());
            const { rows } = await client.query(
                "SELECT (SELECT count(*)::int FROM shop.products) AS products, (SELECT count(*)::int FROM shop.products_default) AS rest, (SELECT count(*)::int FROM shop.stock) AS stock",
            );
            assert.deepEqual(rows, [{ products: 200, rest: 0, stock: 200 }]);
        });

        it("keep one account for an e-mail, in whatever spelling and month", async () => {
            const client = await as(databaseRole("user"));
            const insert = (email: string, month: string) =>
                client.query<{ user_id: string }>(
                    "INSERT INTO users (email, password_hash, name, registered_at) VALUES ($1, 'x', 'x', $2) RETURNING user_id",
                    [email, month],
                );
            const first = (await insert("Ada@example.org", "2026-01-15")).rows[0]!.user_id;
            const duplicate = { code: "23505" };
            await assert.rejects(insert("ada@EXAMPLE.org", "2026-09-15"), duplicate);
            await insert("grace@example.org", "2026-09-15");
            const update = "UPDATE users SET email = $1 WHERE user_id = $2";
            await assert.rejects(client.query(update, ["Grace@example.org", first]), duplicate);
            await client.query(update, ["countess@example.org", first]);
            await insert("ada@example.org", "2026-10-15");
            // An account that is deleted releases its e-mail and takes its addresses with it.
            const address =
                "INSERT INTO addresses (user_id, recipient, street, postal_code, city, country) VALUES ($1, 'a', 'b', 'c', 'd', 'DE')";
            await client.query(address, [first]);
            await client.query("DELETE FROM users WHERE user_id = $1", [first]);
            assert.deepEqual((await client.query("SELECT FROM addresses")).rowCount, 0);
            await insert("countess@example.org", "2026-11-15");
        });

        it("keep one of two accounts that are created at the same moment", async () => {
            const clients = await Promise.all([1, 2].map(() => as(databaseRole("user"))));
            const results = await Promise.allSettled(
                clients.map((client) =>
                    client.query(
                        "INSERT INTO users (email, password_hash, name) VALUES ('twice@example.org', 'x', 'x')",
                    ),
                ),
            );
            assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
        });

        it("rows of the default partition move to their month, with their references, e-mails and addresses", async () => {
            const owner = await as(databaseOwner);
            const month = "2031-05-07";
            await owner.query(
                "INSERT INTO shop.users (email, password_hash, name, registered_at) VALUES ('late@example.org', 'x', 'x', $1)",
                [month],
            );
            await owner.query(
                "INSERT INTO shop.addresses (user_id, recipient, street, postal_code, city, country) SELECT user_id, 'a', 'b', 'c', 'd', 'DE' FROM shop.users WHERE email = 'late@example.org'",
            );
            await owner.query(
                `WITH o AS (INSERT INTO shop.orders (user_id, total, created_at) VALUES (uuidv7(), 9, $1) RETURNING order_id, created_at)
                 INSERT INTO shop.order_items SELECT order_id, created_at, 1, uuidv7(), 1, 9 FROM o`,
                [month],
            );
            await owner.query("SELECT shop.create_month_partitions(1, '2031-05-01')");
            const { rows } = await owner.query(
                `SELECT (SELECT count(*)::int FROM shop.orders_2031_05) AS orders, (SELECT count(*)::int FROM shop.order_items_2031_05) AS items,
                 (SELECT count(*)::int FROM shop.orders_default WHERE created_at > '2031-01-01') AS left,
                 (SELECT count(*)::int FROM shop.addresses) AS addresses`,
            );
            assert.deepEqual(rows, [{ orders: 1, items: 1, left: 0, addresses: 1 }]);
            await assert.rejects(
                owner.query(
                    "INSERT INTO shop.users (email, password_hash, name) VALUES ('LATE@example.org', 'x', 'x')",
                ),
                { code: "23505" },
            );
        });
    });
}
