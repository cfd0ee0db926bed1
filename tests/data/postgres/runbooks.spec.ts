import assert from "node:assert/strict";

import { commandsOf } from "../../docs/runbook-commands";
import { password, Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";

const admin = { user: "postgres", database: "postgres" };

describe("the SQL of the runbooks (SC-05)", () => {
    let postgres: Postgres;
    let server: Server;
    before(async () => {
        postgres = new Postgres(new DataRun());
        server = await postgres.server("postgres_1");
        for (const role of ["order_service", "user_service"]) {
            await postgres.query(server, admin, `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
        }
    });
    after(() => postgres.end());

    it("ends the sessions of the role whose password has leaked, and no others", async () => {
        const lines = commandsOf("rotate-a-password").flatMap(
            (line) => /^kubectl cnpg psql .* -- --command "(.*)"$/.exec(line)?.[1] ?? [],
        );
        assert.equal(lines.length, 1);
        for (const user of ["order_service", "user_service"]) {
            await postgres.connect(server, { user, database: "postgres" });
        }
        const sessions = async () =>
            (
                await postgres.query<{ usename: string }>(
                    server,
                    admin,
                    "SELECT usename FROM pg_stat_activity WHERE usename LIKE '%_service' ORDER BY 1",
                )
            ).map(({ usename }) => usename);
        assert.deepEqual(await sessions(), ["order_service", "user_service"]);
        const ended = await postgres.query(server, admin, lines[0]!);
        assert.deepEqual(ended, [{ pg_terminate_backend: true }]);
        for (let tries = 0; tries < 50 && (await sessions()).length > 1; tries += 1) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        assert.deepEqual(await sessions(), ["user_service"]);
    });
});
