import assert from "node:assert/strict";
import { join } from "node:path";

import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { rendered } from "./rendered";

const admin = { user: "postgres", database: "postgres" };

describe("restore to a chosen second (BK-03, BK-07, DB-06)", () => {
    let postgres: Postgres;
    let server: Server;
    let archive: string;
    before(async () => {
        const { settings } = await rendered();
        postgres = new Postgres(new DataRun());
        archive = postgres.folder("archive");
        server = await postgres.server("source", {
            ...settings,
            synchronous_standby_names: "",
            archive_mode: "on",
            // In place of the plugin's, which needs a bucket.
            archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f`,
        });
    });
    after(() => postgres.end());

    it("has exactly the rows of that second, from a base backup and the archived log", async () => {
        const query = <Row extends object>(sql: string, to: Server = server) => postgres.query<Row>(to, admin, sql);
        const fingerprint =
            "SELECT count(*)::int AS rows, md5(string_agg(id || ':' || value, ',' ORDER BY id)) AS hash FROM ledger";
        await query("CREATE TABLE ledger (id bigint GENERATED ALWAYS AS IDENTITY, value text NOT NULL)");
        const write = (count: number) =>
            query(`INSERT INTO ledger (value) SELECT md5(random()::text) FROM generate_series(1, ${count})`);
        await write(10_000);
        const data = await postgres.copy(server, "restored");
        await write(50_000);
        await query("UPDATE ledger SET value = 'changed' WHERE id % 7 = 0");
        const [expected] = await query(fingerprint);
        await new Promise((resolve) => setTimeout(resolve, 1100));
        const [{ moment } = { moment: "" }] = await query<{ moment: string }>("SELECT now()::text AS moment");
        await new Promise((resolve) => setTimeout(resolve, 1100));
        // The mistake, and more writes after it.
        await query("DELETE FROM ledger WHERE id % 2 = 0");
        await write(5000);
        await query("DROP TABLE ledger");
        await query("SELECT pg_switch_wal()");
        for (let tries = 0; tries < 100; tries += 1) {
            const [row] = await query<{ done: boolean }>(
                "SELECT last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1) AS done FROM pg_stat_archiver",
            );
            if (row?.done === true) {
                break;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        await postgres.run.programs.stop(server.id, "SIGKILL");
        const started = Date.now();
        postgres.write(data, "recovery.signal", "");
        const restored = await postgres.start(
            { id: "restored", data, port: await postgres.run.port() },
            {
                restore_command: `cp ${join(archive, "%f")} %p`,
                recovery_target_time: moment,
                recovery_target_action: "promote",
                archive_mode: "off",
            },
        );
        for (let tries = 0; tries < 300; tries += 1) {
            const [row] = await query<{ standby: boolean }>("SELECT pg_is_in_recovery() AS standby", restored);
            if (row?.standby === false) {
                break;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        const took = Date.now() - started;
        assert.deepEqual(await query(fingerprint, restored), [expected]);
        console.log(`        restored to ${moment} in ${took} ms`);
        // The sources' 15 minutes are for the whole volume; this is the part of PostgreSQL with a small one.
        assert.ok(took < 60_000);
        await query("INSERT INTO ledger (value) VALUES ('after')", restored);
    });
});
