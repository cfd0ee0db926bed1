import assert from "node:assert/strict";

import { databaseName, databaseOwner, databaseRole } from "../../../catalog/database";
import { maintenanceRole } from "../../../catalog/schema/access";
import { schemaSql } from "../../../components/database/schema/migrations";
import { migrate, prepare } from "../harness/migrate";
import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";

const owner = { user: databaseOwner, database: databaseName };
const maintenance = { user: maintenanceRole, database: databaseName };
const service = { user: databaseRole("order"), database: databaseName };

describe("month partitions of the orders (DB-12)", () => {
    let postgres: Postgres;
    let server: Server;
    const run = (today: string, ahead = 3) =>
        postgres.query<{ name: string }>(
            server,
            maintenance,
            `SELECT create_month_partitions(${ahead}, '${today}') AS name`,
        );
    const status = (today: string) =>
        postgres.query(server, maintenance, `SELECT * FROM partition_status('${today}') WHERE parent = 'orders'`);
    const insert = (moment: string) =>
        postgres.query<{ partition: string }>(
            server,
            service,
            `INSERT INTO orders (user_id, total, created_at) VALUES (uuidv7(), 1, '${moment}') RETURNING tableoid::regclass::text AS partition`,
        );
    before(async () => {
        postgres = new Postgres(new DataRun());
        server = await postgres.server("primary", { fsync: "off" });
        await prepare(postgres, server);
        const { migrations, access } = schemaSql("plain");
        assert.equal((await migrate(postgres, server, "plain", migrations)).code, 0);
        await postgres.query(server, owner, access);
    });
    after(() => postgres.end());

    it("exist three months ahead through a year of monthly runs, and every order is in that of its month", async () => {
        const created: string[] = [];
        for (let month = 1; month <= 12; month += 1) {
            const name = `2030_${String(month).padStart(2, "0")}`;
            const day = name.replace("_", "-");
            const made = await run(`${day}-01`);
            created.push(...made.map((row) => row.name).filter((one) => one.startsWith("orders_")));
            assert.deepEqual(await insert(`${day}-15 12:00Z`), [{ partition: `orders_${name}` }]);
            assert.deepEqual(await status(`${day}-28`), [{ parent: "orders", months_ahead: 3, default_rows: "0" }]);
            assert.deepEqual(await run(`${day}-01`), []);
        }
        const months = [...Array(15).keys()].map((index) => {
            const [year, month] = [2030 + Math.floor(index / 12), (index % 12) + 1];
            return `orders_${year}_${String(month).padStart(2, "0")}`;
        });
        assert.deepEqual(created, months);
    });

    it("begin at midnight UTC, whatever the time zone of the session that creates them", async () => {
        const client = await postgres.connect(server, { ...maintenance, options: "-c timezone=Pacific/Auckland" });
        await client.query("SELECT create_month_partitions(1, '2032-01-01')");
        assert.deepEqual(await insert("2032-01-31 23:59:59.999999Z"), [{ partition: "orders_2032_01" }]);
        assert.deepEqual(await insert("2032-02-01 00:00Z"), [{ partition: "orders_2032_02" }]);
    });

    it("report a missing month, and the rows that went to the default partition", async () => {
        assert.deepEqual(await status("2031-01-10"), [{ parent: "orders", months_ahead: 2, default_rows: "0" }]);
        assert.deepEqual(await insert("2034-07-01Z"), [{ partition: "orders_default" }]);
        assert.deepEqual(await status("2034-07-02"), [{ parent: "orders", months_ahead: -1, default_rows: "1" }]);
        await run("2034-07-02");
        assert.deepEqual(await status("2034-07-02"), [{ parent: "orders", months_ahead: 3, default_rows: "0" }]);
    });

    it("are created while orders are read and written, and by one of two runs at the same time", async () => {
        const busy = await postgres.connect(server, service);
        await busy.query("BEGIN; INSERT INTO orders (user_id, total, created_at) VALUES (uuidv7(), 1, '2030-05-05')");
        const [one, two] = await Promise.all([run("2036-01-01"), run("2036-01-01")]);
        assert.deepEqual([one.length, two.length].sort(), [0, 8]);
        await busy.query("COMMIT");
    });

    it("are refused for no month and for more than two years", async () => {
        for (const ahead of [0, 25]) {
            await assert.rejects(run("2030-01-01", ahead), { message: `ahead is ${ahead}, give 1 to 24 months` });
        }
    });

    it("leave out the other months when one is read", async () => {
        const client = await postgres.connect(server, owner);
        const { rows } = await client.query<Record<"QUERY PLAN", string>>(
            "EXPLAIN SELECT FROM shop.orders WHERE created_at >= '2030-03-01Z' AND created_at < '2030-04-01Z'",
        );
        const read = rows.map((row) => row["QUERY PLAN"]).join(" ");
        assert.deepEqual(read.match(/orders_\d{4}_\d\d(?= )/g), ["orders_2030_03"]);
    });
});

describe("indexes of the schema (MG-01)", () => {
    let postgres: Postgres;
    let server: Server;
    before(async () => {
        postgres = new Postgres(new DataRun());
        server = await postgres.server("primary", { fsync: "off" });
        await prepare(postgres, server);
        assert.equal((await migrate(postgres, server, "plain", schemaSql("plain").migrations)).code, 0);
    });
    after(() => postgres.end());

    const cases: readonly (readonly [name: string, sql: string, index: RegExp])[] = [
        [
            "full text of products",
            "SELECT FROM shop.products WHERE search @@ to_tsquery('simple', 'lamp')",
            /products_home_search_idx/,
        ],
        [
            "products of a category by price",
            "SELECT FROM shop.products WHERE category = 'home' ORDER BY price LIMIT 9",
            /products_home_category_price_idx/,
        ],
        [
            "a customer's latest orders",
            "SELECT FROM shop.orders WHERE user_id = '00000000-0000-0000-0000-000000000000' ORDER BY created_at DESC LIMIT 9",
            /orders_\w+_user_id_created_at_idx/,
        ],
        [
            "a product's best reviews",
            "SELECT FROM shop.reviews WHERE product_id = '00000000-0000-0000-0000-000000000000' ORDER BY rating DESC LIMIT 9",
            /reviews_product_rating/,
        ],
        ["an account by e-mail", "SELECT FROM shop.users WHERE lower(email) = 'a'", /users_email/],
    ];
    for (const [name, sql, index] of cases) {
        it(`serve ${name} without a sort`, async () => {
            const client = await postgres.connect(server, owner);
            // Empty tables: the planner would read them whole.
            await client.query("SET enable_seqscan = off; SET enable_sort = off");
            const { rows } = await client.query<Record<"QUERY PLAN", string>>(`EXPLAIN ${sql}`);
            const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
            assert.match(plan, index);
            assert.doesNotMatch(plan, /Sort {2}\(|Seq Scan/);
        });
    }
});
