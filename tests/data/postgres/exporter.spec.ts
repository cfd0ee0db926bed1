import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

import { databaseName, databaseOwner } from "../../../catalog/database";
import {
    authModule,
    exporterArguments,
    exporterConfig,
    exporterFolders,
    exporterRole,
    exporterTarget,
} from "../../../components/database/managed/exporter-config";
import { partitionMetrics } from "../../../components/database/schema/metrics";
import { schemaSql } from "../../../components/database/schema/migrations";
import { toolPath } from "../../../tools/toolchain/paths";
import { Authority } from "../harness/authority";
import { migrate, prepare } from "../harness/migrate";
import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";
import { until } from "../harness/until";

/** Values of a metric by its labels, from Prometheus' text format. */
function samples(text: string, metric: string): Readonly<Record<string, number>> {
    const lines = text.split("\n").filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
    return Object.fromEntries(
        lines.map((line) => {
            const end = line.lastIndexOf(" ");
            return [line.slice(metric.length, end), Number(line.slice(end + 1))];
        }),
    );
}

describe("metrics of a managed service's servers (DB-05, DB-11, DB-18)", () => {
    const run = new DataRun();
    let postgres: Postgres;
    let primary: Server;
    let standby: Server;

    /** Starts the exporter with the rendered configuration, in the suite's folders; returns its address. */
    async function exporter(id: string, secret: string, authority: string): Promise<string> {
        const config = join(run.folder, `${id}.json`);
        writeFileSync(config, exporterConfig(secret, "verify-ca").replaceAll(exporterFolders.authority, authority));
        const address = `127.0.0.1:${await run.port()}`;
        const queries = join(run.folder, `${id}.yaml`);
        writeFileSync(queries, stringify(partitionMetrics));
        const args = exporterArguments.map((arg) =>
            arg.replace(/=.*\/config\.json$/, `=${config}`).replace(/=.*\/queries$/, `=${queries}`),
        );
        await run.start(id, toolPath("postgres-exporter"), [...args, `--web.listen-address=${address}`]);
        await until("the exporter listens", async () => {
            run.programs.check();
            assert.equal((await fetch(`http://${address}/`)).status, 200);
        });
        return address;
    }

    /** What Prometheus gets: the monitor's path and parameters. */
    async function scrape(address: string, server: Server): Promise<string> {
        const target = exporterTarget("127.0.0.1").replace(":5432/", `:${server.port}/`);
        const url = new URL(`http://${address}/probe`);
        url.search = new URLSearchParams({ target, auth_module: authModule }).toString();
        const response = await fetch(url);
        assert.equal(response.status, 200);
        return response.text();
    }

    before(async () => {
        postgres = new Postgres(run);
        new Authority(join(run.folder, "authority")).issue(join(run.folder, "server"), "postgres", ["127.0.0.1"]);
        new Authority(join(run.folder, "other")).issue(join(run.folder, "stranger"), "stranger");
        for (const file of ["tls.crt", "tls.key"]) {
            postgres.adopt(join(run.folder, "server", file));
        }
        const tls = {
            ssl: "on",
            ssl_cert_file: join(run.folder, "server/tls.crt"),
            ssl_key_file: join(run.folder, "server/tls.key"),
        };
        primary = await postgres.server("primary", { fsync: "off", ...tls });
        const admin = { user: "postgres", database: "postgres" };
        await prepare(postgres, primary);
        const { migrations, access } = schemaSql("plain");
        const { code, output } = await migrate(postgres, primary, "exporter", migrations);
        assert.equal(code, 0, output);
        await postgres.query(primary, { user: databaseOwner, database: databaseName }, access);
        await postgres.query(primary, admin, `CREATE ROLE ${exporterRole} LOGIN PASSWORD '${password}'`);
        await postgres.query(primary, admin, `GRANT pg_monitor TO ${exporterRole}`);
        standby = await postgres.standby(primary, "standby", { fsync: "off", ...tls });
    });
    after(() => postgres.end());

    it("are read over TLS by a role that only monitors, of the primary and of a replica", async () => {
        const address = await exporter("exporter", password, join(run.folder, "server"));
        assert.deepEqual(run.outside("exporter"), []);
        const [first, second] = [await scrape(address, primary), await scrape(address, standby)];
        for (const text of [first, second]) {
            assert.deepEqual(samples(text, "pg_up"), { "": 1 });
            assert.deepEqual(samples(text, "pg_exporter_last_scrape_error"), { "": 0 });
            const failed = Object.entries(samples(text, "pg_scrape_collector_success")).filter(
                ([, value]) => value !== 1,
            );
            assert.deepEqual(failed, []);
        }
        assert.deepEqual(samples(first, "pg_replication_is_replica"), { "": 0 });
        assert.deepEqual(samples(second, "pg_replication_is_replica"), { "": 1 });
        assert.equal(samples(first, `pg_settings_max_connections`)[`{server="127.0.0.1:${primary.port}"}`], 100);
        // Tables of the shop: the statistics are of its database.
        const tables = Object.keys(samples(first, "pg_stat_user_tables_n_live_tup"));
        assert.ok(tables.includes('{datname="shop",relname="products_default",schemaname="shop"}'), tables.join("\n"));
        // Missing partitions are seen here too (DB-12), before a job has created those of the next months.
        for (const [text, server] of [
            [first, primary],
            [second, standby],
        ] as const) {
            const parents = Object.keys(samples(text, "shop_partitions_months_ahead"));
            const expected = ["order_items", "orders"].map(
                (parent) => `{parent="${parent}",server="127.0.0.1:${server.port}"}`,
            );
            assert.deepEqual(parents.sort(), expected);
            assert.deepEqual(
                samples(text, "shop_partitions_default_rows"),
                Object.fromEntries(expected.map((labels) => [labels, 0])),
            );
        }
        assert.ok(!`${first}${second}${run.programs.tail("exporter", 1000)}`.includes(password));
    });

    it("say that a server is down", async () => {
        const address = await exporter("exporter-down", password, join(run.folder, "server"));
        assert.deepEqual(samples(await scrape(address, { ...standby, port: await run.port() }), "pg_up"), { "": 0 });
    });

    it("are not read with another password, nor from a server of another authority", async () => {
        const wrong = await exporter("exporter-password", "another", join(run.folder, "server"));
        assert.deepEqual(samples(await scrape(wrong, primary), "pg_up"), { "": 0 });
        const stranger = await exporter("exporter-authority", password, join(run.folder, "stranger"));
        assert.deepEqual(samples(await scrape(stranger, primary), "pg_up"), { "": 0 });
        assert.match(run.programs.tail("exporter-authority", 1000), /certificate signed by unknown authority/);
    });
});
