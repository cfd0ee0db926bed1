import assert from "node:assert/strict";

import { stores } from "../../../../catalog/stores";
import { serviceAccess } from "../../../../catalog/schema/access";
import { jobs } from "../../../../catalog/jobs";
import { workloads } from "../../../../catalog/workloads";
import { accessSql, rolesOfOwner } from "../../../../components/database/schema/access-sql";
import { schemaSql } from "../../../../components/database/schema/migrations";

describe("rights of the database's roles (DB-15 to DB-17)", () => {
    it("are given to the services and jobs that call PostgreSQL, and to no other", () => {
        const relational = Object.entries(stores).flatMap(([name, { kind }]) => (kind === "relational" ? [name] : []));
        const callers = Object.entries({ ...workloads, ...jobs }).filter(([, { calls }]) =>
            ("stores" in calls ? (calls.stores as readonly string[]) : []).some((store) => relational.includes(store)),
        );
        assert.deepEqual(Object.keys(serviceAccess).sort(), callers.map(([name]) => name).sort());
        assert.deepEqual(rolesOfOwner, [
            "user_service",
            "product_service",
            "order_service",
            "payment_service",
            "inventory_service",
            "cache_warm_service",
            "shop_maintenance",
        ]);
    });

    it("have one service that writes each table", () => {
        const writers = Object.values(serviceAccess).flatMap(({ tables }) => Object.keys(tables));
        assert.equal(new Set(writers).size, writers.length);
    });

    it("are granted by these statements, after all were taken back", () => {
        const lines = accessSql().split("\n");
        assert.deepEqual(
            lines.filter((line) => line.startsWith("GRANT")),
            [
                "GRANT USAGE ON SCHEMA shop TO user_service;",
                "GRANT SELECT, INSERT, UPDATE (email, password_hash, name, role), DELETE ON shop.users TO user_service;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON shop.addresses TO user_service;",
                "GRANT USAGE ON SCHEMA shop TO product_service;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON shop.categories TO product_service;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON shop.products TO product_service;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON shop.reviews TO product_service;",
                "GRANT USAGE ON SCHEMA shop TO order_service;",
                "GRANT SELECT, INSERT, UPDATE (status) ON shop.orders TO order_service;",
                "GRANT SELECT, INSERT ON shop.order_items TO order_service;",
                "GRANT SELECT ON shop.daily_sales TO order_service;",
                "GRANT USAGE ON SCHEMA shop TO payment_service;",
                "GRANT SELECT, INSERT, UPDATE (status, provider_reference, updated_at) ON shop.payments TO payment_service;",
                "GRANT SELECT, INSERT ON shop.refunds TO payment_service;",
                "GRANT USAGE ON SCHEMA shop TO inventory_service;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON shop.stock TO inventory_service;",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON shop.reservations TO inventory_service;",
                "GRANT USAGE ON SCHEMA shop TO cache_warm_service;",
                "GRANT EXECUTE ON FUNCTION shop.popular_products(integer, integer) TO cache_warm_service;",
                "GRANT USAGE ON SCHEMA shop TO shop_maintenance;",
                "GRANT EXECUTE ON FUNCTION shop.create_month_partitions(integer, date) TO shop_maintenance;",
                "GRANT EXECUTE ON FUNCTION shop.partition_status(date) TO shop_maintenance;",
                "GRANT EXECUTE ON FUNCTION shop.report_daily_sales(integer, date) TO shop_maintenance;",
                "GRANT EXECUTE ON FUNCTION shop.release_expired_reservations(interval, integer) TO shop_maintenance;",
                "GRANT USAGE ON SCHEMA shop TO pg_monitor;",
                "GRANT EXECUTE ON FUNCTION shop.partition_status(date) TO pg_monitor;",
            ],
        );
        assert.ok(
            lines.lastIndexOf(lines.filter((line) => line.startsWith("REVOKE")).at(-1)!) <
                lines.findIndex((line) => line.startsWith("GRANT")),
        );
    });

    it("belong to migrations of which one differs between the two kinds of users", () => {
        const [plain, partitioned] = [schemaSql("plain"), schemaSql("partitioned")];
        assert.equal(plain.access, partitioned.access);
        const differing = Object.keys(plain.migrations).filter(
            (file) => plain.migrations[file] !== partitioned.migrations[file],
        );
        assert.deepEqual(differing, ["0002_users.up.sql"]);
        assert.deepEqual(Object.keys(plain.migrations), Object.keys(partitioned.migrations));
    });
});
