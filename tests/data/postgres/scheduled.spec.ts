import assert from "node:assert/strict";

import { databaseName, databaseOwner, databaseRole } from "../../../catalog/database";
import { maintenanceRole } from "../../../catalog/schema/access";
import { schemaSql } from "../../../components/database/schema/migrations";
import { databaseObject } from "../../components/database/objects";
import { migrate, prepare } from "../harness/migrate";
import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";

/** The statement of a rendered CronJob. */
async function statementOf(name: string): Promise<string> {
    const job = await databaseObject(`CronJob database-schema-scheduled-${name}`, "gcp", "prod");
    const { spec } = job as {
        spec: { jobTemplate: { spec: { template: { spec: { containers: { args: string[] }[] } } } } };
    };
    const args = spec.jobTemplate.spec.template.spec.containers[0]?.args ?? [];
    return args.at(-1)?.replace("--command=", "") ?? "";
}

/** Cleanup and reports with the rights of their role, on the migrated schema. Row SV-13. */
describe("the scheduled SQL", () => {
    const as = (user: string) => ({ user, database: databaseName });
    const maintenance = as(maintenanceRole);
    let postgres: Postgres;
    let server: Server;
    const query = (user: string, sql: string) => postgres.query<Record<string, unknown>>(server, as(user), sql);

    before(async () => {
        postgres = new Postgres(new DataRun());
        server = await postgres.server("primary", { fsync: "off" });
        await prepare(postgres, server);
        const { migrations, access } = schemaSql("plain");
        assert.equal((await migrate(postgres, server, "plain", migrations)).code, 0);
        await query(databaseOwner, access);
    });

    after(() => postgres.end());

    describe("reservation-cleanup", () => {
        const inventory = databaseRole("inventory");
        const stock = () =>
            query(inventory, "SELECT product_id, available, version FROM stock ORDER BY available").then((rows) =>
                rows.map(({ available, version }) => [available, version]),
            );
        const left = async () =>
            (await query(inventory, "SELECT order_id FROM reservations ORDER BY order_id")).map(
                (row) => row["order_id"],
            );
        const [one, two] = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"];

        beforeEach(async () => {
            await query(inventory, "DELETE FROM reservations");
            await query(inventory, "DELETE FROM stock");
            await query(inventory, `INSERT INTO stock VALUES ('${one}', 10), ('${two}', 100)`);
            await query(
                inventory,
                `INSERT INTO reservations (order_id, product_id, quantity, expires_at) VALUES
                    (1, '${one}', 2, now() - interval '2 hours'), (2, '${one}', 3, now() - interval '61 minutes'),
                    (3, '${one}', 4, now() - interval '59 minutes'), (4, '${two}', 5, now() + interval '1 hour')`,
            );
        });

        it("returns the stock of those that expired an hour ago, once", async () => {
            const sql = await statementOf("reservation-cleanup");
            assert.deepEqual(await query(maintenanceRole, sql), [{ release_expired_reservations: "2" }]);
            assert.deepEqual(
                [await left(), await stock()],
                [
                    ["3", "4"],
                    [
                        [15, "1"],
                        [100, "0"],
                    ],
                ],
            );
            assert.deepEqual(await query(maintenanceRole, sql), [{ release_expired_reservations: "0" }]);
            assert.deepEqual(await stock(), [
                [15, "1"],
                [100, "0"],
            ]);
        });

        it("leaves a reservation that the service has locked, without waiting for it", async () => {
            const client = await postgres.connect(server, as(inventory));
            await client.query("BEGIN");
            await client.query("SELECT FROM reservations WHERE order_id = 1 FOR UPDATE");
            const sql = await statementOf("reservation-cleanup");
            assert.deepEqual(await query(maintenanceRole, sql), [{ release_expired_reservations: "1" }]);
            await client.query("COMMIT");
            await client.end();
            assert.deepEqual(await left(), ["1", "3", "4"]);
        });

        it("takes at most as many as are given, the oldest first", async () => {
            await query(maintenanceRole, "SELECT shop.release_expired_reservations('1 hour', 1)");
            assert.deepEqual(await left(), ["2", "3", "4"]);
        });
    });

    describe("daily-report", () => {
        const order = databaseRole("order");
        const report = () =>
            query(
                order,
                "SELECT day::text, currency, orders, customers, total FROM daily_sales ORDER BY day, currency",
            );

        it("counts each complete day by currency, in UTC, without cancelled orders", async () => {
            const user = "00000000-0000-0000-0000-00000000000";
            const values = [
                [1, "10.50", "created", "EUR", "0 seconds"],
                [1, "20", "paid", "EUR", "23 hours 59 minutes"],
                [2, "5", "paid", "USD", "1 hour"],
                [3, "99", "cancelled", "EUR", "1 hour"],
            ].map(
                ([id, total, status, currency, at]) =>
                    `('${user}${id}', ${total}, '${status}', '${currency}', (CURRENT_DATE - 1)::timestamptz + interval '${at}')`,
            );
            await query(
                order,
                `INSERT INTO orders (user_id, total, status, currency, created_at) VALUES ${values.join(", ")}`,
            );
            await query(order, `INSERT INTO orders (user_id, total) VALUES ('${user}9', 7)`);
            const sql = await statementOf("daily-report");
            assert.deepEqual(await query(maintenanceRole, sql), [{ report_daily_sales: "2" }]);
            const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
            assert.deepEqual(await report(), [
                { day, currency: "EUR", orders: "2", customers: "1", total: "30.50" },
                { day, currency: "USD", orders: "1", customers: "1", total: "5.00" },
            ]);
        });

        it("changes with an order that is cancelled later, and is the same after a second run", async () => {
            await query(order, "UPDATE orders SET status = 'cancelled' WHERE currency = 'USD'");
            const sql = await statementOf("daily-report");
            await query(maintenanceRole, sql);
            const once = await report();
            await query(maintenanceRole, sql);
            assert.deepEqual(await report(), once);
            assert.deepEqual(
                once.map(({ currency, orders }) => [currency, orders]),
                [["EUR", "2"]],
            );
        });

        it("is written by nothing else, and its role reads no table", async () => {
            const denied = { code: "42501" };
            await assert.rejects(query(order, "DELETE FROM daily_sales"), denied);
            await assert.rejects(query(maintenanceRole, "SELECT FROM daily_sales"), denied);
            await assert.rejects(query(maintenanceRole, "SELECT FROM reservations"), denied);
            await assert.rejects(postgres.query(server, as(order), "SELECT shop.report_daily_sales()"), denied);
            await assert.rejects(postgres.query(server, maintenance, "SELECT shop.report_daily_sales(0)"), /days is 0/);
        });
    });
});
