import assert from "node:assert/strict";

import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { PgpoolPod } from "./pgpool";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("Pgpool-II with prod's file in front of a primary and a replica (DB-07, DB-08)", () => {
    let postgres: Postgres;
    let primary: Server;
    let replica: Server;
    let pgpool: PgpoolPod;
    const session = () => pgpool.session();
    before(async () => {
        const { settings, pgpool: files } = await rendered();
        postgres = new Postgres(new DataRun());
        const alone = { ...settings, synchronous_standby_names: "" };
        primary = await postgres.server("postgres_1", alone);
        await postgres.query(primary, admin, `CREATE ROLE pgpool LOGIN PASSWORD '${password}' IN ROLE pg_monitor`);
        await postgres.query(primary, admin, "CREATE TABLE notes (id int PRIMARY KEY, value text)");
        replica = await postgres.standby(primary, "postgres_2", alone);
        pgpool = await PgpoolPod.start(postgres, files, { rw: primary.port, ro: replica.port });
    });
    after(() => postgres.end());

    it("listens on loopback only", () => {
        assert.deepEqual(postgres.run.outside("pgpool"), []);
    });

    it("sends 1,000 mixed statements where they belong: reads to the replica, writes and what follows to the primary", async () => {
        const landed = new Map<string, number>();
        const count = (kind: string, port: number) => {
            const where = port === primary.port ? "primary" : port === replica.port ? "replica" : "elsewhere";
            landed.set(`${kind} ${where}`, (landed.get(`${kind} ${where}`) ?? 0) + 1);
        };
        const port = "inet_server_port() AS port";
        for (let index = 0; index < 50; index += 1) {
            const reader = await session();
            for (let read = 0; read < 14; read += 1) {
                count("read", (await reader.query<{ port: number }>(`SELECT ${port}`)).rows[0]!.port);
            }
            await postgres.disconnect(reader);
            const writer = await session();
            const id = index * 2;
            const insert = `INSERT INTO notes VALUES ($1, 'x') RETURNING ${port}`;
            const read = `SELECT value, ${port} FROM notes WHERE id = $1`;
            const one = async (kind: string, sql: string, value: number) => {
                const { rows } = await writer.query<{ port: number; value?: string }>(sql, [value]);
                assert.equal(rows.length, 1, kind);
                count(kind, rows[0]!.port);
            };
            await writer.query("BEGIN");
            await one("write", insert, id);
            await one("read in its transaction", read, id);
            await writer.query("COMMIT");
            await one("read after its commit", read, id);
            await one("write", insert, id + 1);
            await one("read after its write", read, id + 1);
            await one("write", `UPDATE notes SET value = 'y' WHERE id = $1 RETURNING ${port}`, id);
            await postgres.disconnect(writer);
        }
        assert.deepEqual(Object.fromEntries(landed), {
            "read replica": 700,
            "write primary": 150,
            "read in its transaction primary": 50,
            "read after its commit primary": 50,
            "read after its write primary": 50,
        });
    });

    it("lets the 51st client wait until one of 50 leaves", async () => {
        const fifty = await Promise.all([...Array(50).keys()].map(session));
        let connected = false;
        const next = session().then((client) => {
            connected = true;
            return client;
        });
        await pause(3000);
        assert.equal(connected, false);
        await postgres.disconnect(fifty[0]!);
        const last = await next;
        assert.equal((await last.query("SELECT 1")).rowCount, 1);
        await Promise.all([...fifty.slice(1), last].map((client) => postgres.disconnect(client)));
    });
});
