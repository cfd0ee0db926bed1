import assert from "node:assert/strict";

import type { Client } from "pg";

import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { until } from "../harness/until";
import { type PgBouncer, pgbouncer } from "./pgbouncer";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };
/** Roles of services: each has a pool of its own in PgBouncer. */
const roles = ["order_service", "product_service", "user_service"];
/** Clients of each role at each pooler: together more than either pooler has connections. */
const clientsEach = 25;
const transactions = 4000;

type Kind = "rw" | "ro";

/** Runs tasks 0 to `total` - 1, one after the other in each lane. */
async function inLanes(
    lanes: number,
    total: number,
    task: (index: number, lane: number) => Promise<void>,
): Promise<void> {
    let next = 0;
    const lane = async (own: number): Promise<void> => {
        for (let index = next++; index < total; index = next++) {
            await task(index, own);
        }
    };
    await Promise.all(Array.from({ length: lanes }, (_, own) => lane(own)));
}

describe("prod's mix of reads and writes over both poolers (DB-10)", () => {
    let postgres: Postgres;
    let servers: Readonly<Record<Kind, Server>>;
    let poolers: Readonly<Record<Kind, PgBouncer>>;
    let clients: Readonly<Record<Kind, readonly Client[]>>;

    /** Connections that all roles of the services have to a server. */
    async function backends(kind: Kind): Promise<number> {
        const [row] = await postgres.query<{ count: number }>(
            servers[kind],
            admin,
            "SELECT count(*)::int FROM pg_stat_activity WHERE usename = ANY($1)",
            [roles],
        );
        return row!.count;
    }

    const limitOf = (kind: Kind): number => Number(poolers[kind].parameters["max_db_connections"]);

    before(async () => {
        const plan = await rendered();
        postgres = new Postgres(new DataRun());
        const settings = { ...plan.settings, synchronous_standby_names: "" };
        const primary = await postgres.server("postgres_1", settings);
        servers = { rw: primary, ro: await postgres.standby(primary, "postgres_2", settings) };
        for (const role of roles) {
            await postgres.query(primary, admin, `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
        }
        const table = "CREATE TABLE written (id int PRIMARY KEY); GRANT SELECT, INSERT ON written TO PUBLIC";
        await postgres.query(primary, admin, table);
        await until("the standby has the table", async () => {
            await postgres.query(servers.ro, admin, "SELECT FROM written");
        });
        const start = (kind: Kind) =>
            pgbouncer(postgres, `pgbouncer-${kind}`, servers[kind], plan.poolers[kind], roles);
        poolers = { rw: await start("rw"), ro: await start("ro") };
        const connect = (kind: Kind) =>
            Promise.all(
                roles.flatMap((user) =>
                    Array.from({ length: clientsEach }, () =>
                        postgres.connect(poolers[kind], {
                            user,
                            database: "postgres",
                            connectionTimeoutMillis: 60_000,
                        }),
                    ),
                ),
            );
        clients = { rw: await connect("rw"), ro: await connect("ro") };
    });
    after(() => postgres.end());

    it("has three of four connections for reads", () => {
        assert.deepEqual({ rw: limitOf("rw"), ro: limitOf("ro") }, { rw: 20, ro: 60 });
    });

    it("runs every read on a replica and every write on the primary, three reads to a write", async () => {
        const share = limitOf("ro") / (limitOf("rw") + limitOf("ro"));
        const ran = { rw: 0, ro: 0 };
        await inLanes(roles.length * clientsEach, transactions, async (index, lane) => {
            // Each write is followed by as many reads as the mix has.
            const kind: Kind = index % Math.round(1 / (1 - share)) === 0 ? "rw" : "ro";
            const client = clients[kind][lane]!;
            if (kind === "rw") {
                await client.query("INSERT INTO written VALUES ($1)", [index]);
            }
            const { rows } = await client.query<{ replica: boolean }>("SELECT pg_is_in_recovery() AS replica");
            assert.equal(rows[0]!.replica, kind === "ro", `transaction ${index}`);
            ran[kind] += 1;
        });
        assert.deepEqual(ran, { rw: transactions / 4, ro: (transactions * 3) / 4 });
        const [row] = await postgres.query<{ count: number }>(servers.rw, admin, "SELECT count(*)::int FROM written");
        assert.equal(row!.count, ran.rw);
    });

    it("uses all connections of each pooler under load, in the mix' proportion, and not one more", async () => {
        // Longer than the look at them takes on a busy machine; without it the next client has the connection.
        let done = false;
        const load = (["rw", "ro"] as const).flatMap((kind) =>
            clients[kind].map(async (client) => {
                while (!done) {
                    await client.query("SELECT pg_sleep(0.2)");
                }
            }),
        );
        try {
            await until("each pooler uses all its connections", async () => {
                const used = { rw: await backends("rw"), ro: await backends("ro") };
                assert.deepEqual(used, { rw: limitOf("rw"), ro: limitOf("ro") });
            });
            for (let look = 0; look < 10; look += 1) {
                assert.ok((await backends("rw")) <= limitOf("rw"));
                assert.ok((await backends("ro")) <= limitOf("ro"));
            }
        } finally {
            done = true;
            await Promise.all(load);
        }
    });
});
