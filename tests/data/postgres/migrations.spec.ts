import assert from "node:assert/strict";

import { databaseName, databaseOwner as ownerRole } from "../../../catalog/database";
import { schemaSql, type UsersTable } from "../../../components/database/schema/migrations";
import { commandsOf } from "../../docs/runbook-commands";
import { migrate, prepare } from "../harness/migrate";
import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";

const owner = { user: ownerRole, database: databaseName };

/** A database of its own for each case: migrations change all of it. */
async function emptied(postgres: Postgres, server: Server): Promise<void> {
    const admin = { user: "postgres", database: "postgres" };
    await postgres.query(server, admin, `DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`);
    await postgres.query(server, admin, `CREATE DATABASE ${databaseName} OWNER ${ownerRole}`);
}

/** Tables, columns, indexes and constraints, without the month partitions. */
const shape = `
    SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'shop'::regnamespace AND a.attnum > 0 AND c.relkind IN ('r', 'p', 'i', 'I')
    AND c.relname !~ '_[0-9]{4}_[0-9]{2}' ORDER BY 1`;

describe("migrations of the schema (DB-15, DB-16)", () => {
    let postgres: Postgres;
    let server: Server;
    before(async () => {
        postgres = new Postgres(new DataRun());
        server = await postgres.server("primary", { fsync: "off" });
        await prepare(postgres, server);
    });
    beforeEach(() => emptied(postgres, server));
    after(() => postgres.end());

    for (const users of ["plain", "partitioned"] as UsersTable[]) {
        const { migrations, access } = schemaSql(users);
        const files = Object.keys(migrations);

        it(`${users} users: run from empty, and change nothing the second time`, async () => {
            assert.deepEqual((await migrate(postgres, server, users, migrations)).code, 0);
            const version = await postgres.query(server, owner, "SELECT version, dirty FROM schema_migrations");
            assert.deepEqual(version, [{ version: String(files.length), dirty: false }]);
            const again = await migrate(postgres, server, users, migrations);
            assert.match(again.output, /no change/);
            await postgres.query(server, owner, access);
            await postgres.query(server, owner, access);
        });

        it(`${users} users: run from each earlier version with rows, to the same schema`, async () => {
            await migrate(postgres, server, users, migrations);
            const expected = await postgres.query(server, owner, shape);
            assert.ok(expected.length > 60, `${expected.length}`);
            for (let version = 4; version < files.length; version += 1) {
                await emptied(postgres, server);
                const name = `${users}-${version}`;
                const before = Object.fromEntries(Object.entries(migrations).slice(0, version));
                assert.equal((await migrate(postgres, server, name, before)).code, 0);
                const insert = "INSERT INTO shop.orders (user_id, total) VALUES (uuidv7(), 3) RETURNING order_id";
                await postgres.query(server, owner, insert);
                assert.equal((await migrate(postgres, server, name, migrations)).code, 0);
                assert.deepEqual(await postgres.query(server, owner, shape), expected);
                // The statement of the version before still works, and its row has the new column's default.
                await postgres.query(server, owner, insert);
                const orders = "SELECT currency, count(*)::int FROM shop.orders GROUP BY 1";
                assert.deepEqual(await postgres.query(server, owner, orders), [{ currency: "EUR", count: 2 }]);
            }
        });
    }

    it("give up on a lock after 5 s, leave nothing, and succeed when tried again", async () => {
        const { migrations } = schemaSql("plain");
        const files = Object.entries(migrations);
        await migrate(postgres, server, "locked", Object.fromEntries(files.slice(0, 7)));
        const blocker = await postgres.connect(server, owner);
        await blocker.query("BEGIN; SELECT count(*) FROM shop.orders");
        const started = Date.now();
        const failed = await migrate(postgres, server, "locked", migrations);
        assert.equal(failed.code, 1);
        assert.match(failed.output, /canceling statement due to lock timeout/);
        assert.ok(Date.now() - started < 8000);
        await postgres.disconnect(blocker);
        const retried = await migrate(postgres, server, "locked", migrations);
        assert.equal(retried.code, 0, retried.output);
    });

    it("stop at an index that failed to build CONCURRENTLY, with the runbook", async () => {
        const { migrations } = schemaSql("plain");
        const version = Object.keys(migrations).length + 1;
        const broken = {
            ...migrations,
            [`${String(version).padStart(4, "0")}_broken.up.sql`]:
                "CREATE UNIQUE INDEX CONCURRENTLY reviews_rating ON shop.reviews (rating);",
        };
        await migrate(postgres, server, "broken", migrations);
        const review = "INSERT INTO shop.reviews (product_id, user_id, rating) VALUES (uuidv7(), uuidv7(), 5)";
        await postgres.query(server, owner, `${review}; ${review}`);
        assert.match((await migrate(postgres, server, "broken", broken)).output, /could not create unique index/);
        const again = await migrate(postgres, server, "broken", broken);
        assert.equal(again.code, 1);
        const message = `version ${version} failed outside a transaction; see docs/runbooks/migration.md`;
        assert.ok(again.output.includes(message), again.output);
        await postgres.query(server, owner, "DELETE FROM shop.reviews");
        const commands = commandsOf("migration").filter((line) => !line.startsWith("kubectl"));
        assert.equal(commands.length, 2);
        for (const command of commands) {
            const sql = command.replace("<index>", "reviews_rating").replace("N - 1", String(version - 1));
            await postgres.query(server, owner, sql);
        }
        assert.equal((await migrate(postgres, server, "broken", broken)).code, 0);
    });

    it("take the password from the environment, and fail with another one", async () => {
        const failed = await migrate(postgres, server, "password", schemaSql("plain").migrations, "other");
        assert.equal(failed.code, 1);
        assert.match(failed.output, /password authentication failed for user "shop_owner"/);
    });
});
