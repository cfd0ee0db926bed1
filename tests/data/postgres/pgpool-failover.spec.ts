import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { PgpoolPod } from "./pgpool";
import { rendered } from "./rendered";
import { FollowingService } from "./service";

const admin = { user: "postgres", database: "postgres" };
const limit = 30_000;

describe("Pgpool-II with prod's file while instances die (DB-05, DB-07)", () => {
    let postgres: Postgres;
    let pgpool: PgpoolPod;
    let one: Server;
    let two: Server;
    let three: Server;
    let rw: FollowingService;
    let ro: FollowingService;
    before(async () => {
        const { settings, pgpool: files } = await rendered();
        postgres = new Postgres(new DataRun());
        const alone = { ...settings, synchronous_standby_names: "" };
        one = await postgres.server("postgres_1", alone);
        await postgres.query(one, admin, `CREATE ROLE pgpool LOGIN PASSWORD '${password}' IN ROLE pg_monitor`);
        await postgres.query(one, admin, "CREATE TABLE notes (id int PRIMARY KEY, value text)");
        two = await postgres.standby(one, "postgres_2", alone);
        three = await postgres.standby(one, "postgres_3", alone);
        rw = new FollowingService(await postgres.run.port());
        ro = new FollowingService(await postgres.run.port());
        await rw.to(one);
        await ro.to(three);
        pgpool = await PgpoolPod.start(postgres, files, { rw: rw.port, ro: ro.port });
    });
    after(async () => {
        await Promise.all([rw.end(), ro.end()]);
        await postgres.end();
    });

    const reads = async (server: Server) => (await pgpool.readsFrom()) === server.port;
    const standby = (server: Server) =>
        postgres.query<{ standby: boolean }>(server, admin, "SELECT pg_is_in_recovery() AS standby");

    /** Writes a row through Pgpool-II and returns the port of the server that took it. */
    async function write(id: number): Promise<number> {
        const client = await pgpool.session();
        try {
            const sql = "INSERT INTO notes VALUES ($1, 'x') RETURNING inet_server_port() AS port";
            return (await client.query<{ port: number }>(sql, [id])).rows[0]!.port;
        } finally {
            await postgres.disconnect(client);
        }
    }

    it("opens its control port in its own folder only", () => {
        assert.deepEqual(postgres.run.outside("pgpool"), []);
    });

    it("serves reads from the primary at once when the replicas are gone, and from a replica again by itself", async () => {
        assert.equal(await pgpool.readsFrom(), three.port);
        await ro.to(undefined);
        const found = pgpool.detected(1);
        const took = await pgpool.until(() => reads(one));
        const ms = await found;
        await ro.to(three);
        const back = await pgpool.until(() => reads(three));
        console.log(`        replicas dead: found after ${ms} ms, reads after ${took} ms; back after ${back} ms`);
        assert.ok(ms < limit && took < limit && back < limit);
    });

    it("reads from a replica and refuses writes while the primary is down, and takes the new one behind postgres-rw", async () => {
        assert.deepEqual([await pgpool.readsFrom(), await write(1)], [three.port, one.port]);
        await postgres.run.programs.stop(one.id, "SIGKILL");
        await rw.to(undefined);
        const found = pgpool.detected(0);
        const during = await pgpool.until(() => reads(three));
        const ms = await found;
        assert.equal(pgpool.alive(), true);
        // No one promotes yet: Pgpool-II has not, reads go on, and writes are refused with PostgreSQL's own words.
        for (let read = 0; read < 100; read += 1) {
            assert.equal(await pgpool.readsFrom(), three.port);
        }
        await assert.rejects(write(2), {
            code: "25006",
            message: "cannot execute INSERT in a read-only transaction",
        });
        assert.deepEqual([await standby(two), await standby(three)], [[{ standby: true }], [{ standby: true }]]);
        // A standby behind postgres-rw is not a primary: what the operator's Service shows for a moment.
        await rw.to(two);
        await new Promise((resolve) => setTimeout(resolve, 8000));
        assert.doesNotMatch(postgres.run.programs.tail("attach", 100), /attaching the primary/);
        assert.equal(await pgpool.readsFrom(), three.port);
        await assert.rejects(write(2), { code: "25006" });
        // As CloudNativePG does: one standby is promoted, the other follows it.
        await postgres.query(two, admin, "SELECT pg_promote()");
        const source = `host=127.0.0.1 port=${two.port} user=postgres password=${password} application_name=postgres_3`;
        for (const sql of [
            `ALTER SYSTEM SET primary_conninfo = '${source}'`,
            "ALTER SYSTEM SET primary_slot_name = ''",
            "SELECT pg_reload_conf()",
        ]) {
            await postgres.query(three, admin, sql);
        }
        let written: number | undefined;
        const back = await pgpool.until(async () => {
            written = await write(3);
            return true;
        });
        assert.equal(written, two.port);
        const replicas = await pgpool.until(() => reads(three));
        console.log(
            `        primary dead: reads from a replica after ${during} ms, found after ${ms} ms; ` +
                `writes to the new primary ${back} ms after its promotion, reads from a replica after ${replicas} ms`,
        );
        assert.ok(during < limit && ms < limit && back < limit && replicas < limit);
        const rows = await postgres.query(three, admin, "SELECT id FROM notes ORDER BY id");
        assert.deepEqual(rows, [{ id: 1 }, { id: 3 }]);
    });

    it("takes the same primary again when it has only restarted", async () => {
        const found = pgpool.detected(0);
        await postgres.run.programs.stop(two.id, "SIGKILL");
        await found;
        await pgpool.until(() => reads(three));
        await postgres.start(two);
        const back = await pgpool.until(async () => (await write(4)) === two.port);
        console.log(`        primary restarted: writes after ${back} ms`);
        assert.ok(back < limit);
    });

    it("finds a primary that no longer answers and reads go on, in at most 30 s: the longest way of the health check", async () => {
        const postmaster = Number(readFileSync(join(two.data, "postmaster.pid"), "utf8").split("\n")[0]);
        const started = Date.now();
        const found = pgpool.detected(0);
        process.kill(postmaster, "SIGSTOP");
        try {
            const ms = await found;
            await pgpool.until(() => reads(three));
            const during = Date.now() - started;
            console.log(`        primary hangs: found after ${ms} ms, reads from a replica after ${during} ms`);
            assert.ok(ms > 15_000 && ms < limit && during < limit);
        } finally {
            process.kill(postmaster, "SIGCONT");
        }
        const back = await pgpool.until(async () => (await write(5)) === two.port);
        assert.ok(back < limit);
    });

    it("is alive while its control port answers, which attaches a new primary", async () => {
        await pgpool.until(() => pgpool.alive());
        const pid = await pgpool.controlProcess();
        process.kill(pid, "SIGSTOP");
        try {
            assert.equal(pgpool.alive(), false);
        } finally {
            process.kill(pid, "SIGCONT");
        }
        await pgpool.until(() => pgpool.alive());
    });
});
