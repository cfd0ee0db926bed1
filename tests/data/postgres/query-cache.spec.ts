import assert from "node:assert/strict";

import type { Client } from "pg";

import { pgpoolConf } from "../../../components/database/pgpool-config";
import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { PgpoolPod } from "./pgpool";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };
const seconds = 8;
const settings = { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: seconds };
const read = "SELECT value FROM notes WHERE id = 1";

describe(`Pgpool-II that keeps results for ${seconds} s (DB-07)`, () => {
    let postgres: Postgres;
    let primary: Server;
    let pgpool: PgpoolPod;
    let client: Client;
    const value = async (): Promise<string | undefined> => (await client.query<{ value: string }>(read)).rows[0]?.value;
    /** Reads that were answered from memory, of all sessions. */
    const hits = async (): Promise<number> => {
        const { rows } = await client.query<{ num_cache_hits: string }>("SHOW pool_cache");
        return Number(rows[0]?.num_cache_hits);
    };
    before(async () => {
        const { settings: parameters, pgpool: files } = await rendered();
        postgres = new Postgres(new DataRun());
        const alone = { ...parameters, synchronous_standby_names: "" };
        primary = await postgres.server("postgres_1", alone);
        await postgres.query(primary, admin, `CREATE ROLE pgpool LOGIN PASSWORD '${password}' IN ROLE pg_monitor`);
        await postgres.query(primary, admin, "CREATE TABLE notes (id int PRIMARY KEY, value text)");
        await postgres.query(primary, admin, "INSERT INTO notes VALUES (1, 'first')");
        // Without a replica's lag, so that only the cache decides which value is read.
        const servers = { rw: primary.port, ro: primary.port };
        pgpool = await PgpoolPod.start(postgres, { ...files, "pgpool.conf": pgpoolConf(settings) }, servers);
        client = await pgpool.session();
    });
    after(async () => {
        await postgres.disconnect(client);
        await postgres.end();
    });

    it("answers a repeated read from memory", async () => {
        assert.equal(await value(), "first");
        const before = await hits();
        for (let again = 0; again < 5; again += 1) {
            assert.equal(await value(), "first");
        }
        assert.equal((await hits()) - before, 5);
    });

    it("forgets what a session of the same pod writes", async () => {
        const writer = await pgpool.session();
        await writer.query("UPDATE notes SET value = 'second' WHERE id = 1");
        await postgres.disconnect(writer);
        assert.equal(await value(), "second");
    });

    it(`shows what was written past it after ${seconds} s`, async () => {
        await pgpool.until(async () => {
            const before = await hits();
            await value();
            return (await hits()) === before;
        });
        const started = Date.now();
        await postgres.query(primary, admin, "UPDATE notes SET value = 'third' WHERE id = 1");
        assert.equal(await value(), "second");
        await pgpool.until(async () => (await value()) === "third");
        console.log(`      the other value after ${Date.now() - started} ms`);
        assert.ok(Date.now() - started > (seconds - 3) * 1000);
    });
});
