import assert from "node:assert/strict";

import { databaseName, databaseOwner } from "../../../catalog/database";
import { type LoginRole, rolesSql } from "../../../components/database/managed/roles-sql";
import { scramVerifier } from "../../../components/database/managed/scram";
import { rolesOfOwner } from "../../../components/database/schema/access-sql";
import { schemaSql } from "../../../components/database/schema/migrations";
import { migrate } from "../harness/migrate";
import { Postgres, type Server } from "../harness/postgres";
import { DataRun } from "../harness/run";

const roles: readonly LoginRole[] = [
    { name: databaseOwner, inRoles: rolesOfOwner },
    ...rolesOfOwner.map((name) => ({ name })),
    { name: "pgpool", inRoles: ["pg_monitor"] },
];

/** What the services give their administrator: no superuser, and `pg_monitor` to grant. */
const administrator = "CREATE ROLE cloud_admin LOGIN CREATEROLE CREATEDB PASSWORD 'of-the-suite'";

describe("the roles of a managed service (DB-15, DB-17, DB-18)", () => {
    let postgres: Postgres;
    let server: Server;
    const admin = { user: "cloud_admin", database: "postgres" };
    const own = (role: string, generation = 1) => `secret${generation}of${role.replaceAll("_", "")}`;

    /** Runs the Job's file. `\gexec` is of psql, which the package has not: it runs what the statement before returns. */
    async function run(generation: number): Promise<void> {
        const verifiers = roles.map(({ name }) => scramVerifier(name, own(name, generation)));
        const [transaction = "", select = ""] = rolesSql(roles, verifiers).split("COMMIT;\n");
        await postgres.query(server, admin, `${transaction}COMMIT`);
        const created = await postgres.query<Record<string, string>>(server, admin, select.replace("\\gexec", ""));
        for (const statement of created.flatMap((row) => Object.values(row))) {
            await postgres.query(server, admin, statement);
        }
    }

    before(async () => {
        postgres = new Postgres(new DataRun());
        server = await postgres.server("primary", { fsync: "off", log_statement: "all" });
        const superuser = { user: "postgres", database: "postgres" };
        await postgres.query(server, superuser, administrator);
        await postgres.query(server, superuser, "GRANT pg_monitor TO cloud_admin WITH ADMIN OPTION");
        await run(1);
    });
    after(() => postgres.end());

    it("log in with their passwords, which PostgreSQL has never seen", async () => {
        for (const { name } of roles) {
            const login = { user: name, database: databaseName, password: own(name) };
            assert.deepEqual(await postgres.query(server, login, "SELECT current_user::text AS me"), [{ me: name }]);
        }
        const wrong = { user: databaseOwner, database: databaseName, password: own("pgpool") };
        await assert.rejects(postgres.query(server, wrong, "SELECT 1"), /password authentication failed/);
        // Stored as it was sent: not a password that the server hashed itself.
        const stored = await postgres.query(
            server,
            { user: "postgres", database: "postgres" },
            "SELECT rolname::text AS name, rolpassword AS verifier FROM pg_authid " +
                "WHERE rolpassword LIKE 'SCRAM%' AND rolname <> 'postgres' AND rolname <> 'cloud_admin' ORDER BY 1",
        );
        const expected = roles.map(({ name }) => ({ name, verifier: scramVerifier(name, own(name)) }));
        assert.deepEqual(
            stored,
            expected.sort((a, b) => (a.name < b.name ? -1 : 1)),
        );
        assert.match(
            expected[0]?.verifier ?? "",
            /^SCRAM-SHA-256\$4096:[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$/,
        );
    });

    it("are enough for the migrations and the rights", async () => {
        const { migrations, access } = schemaSql("plain");
        const { code, output } = await migrate(postgres, server, "managed", migrations, own(databaseOwner));
        assert.equal(code, 0, output);
        const owner = { user: databaseOwner, database: databaseName, password: own(databaseOwner) };
        await postgres.query(server, owner, access);
        const order = { user: "order_service", database: databaseName, password: own("order_service") };
        await postgres.query(server, order, "SELECT FROM shop.orders LIMIT 1");
        await assert.rejects(postgres.query(server, order, "SELECT FROM shop.users LIMIT 1"), /permission denied/);
        const settings = await postgres.query<{ setting: string }>(
            server,
            order,
            "SELECT current_setting('search_path') AS setting",
        );
        assert.deepEqual(settings, [{ setting: "shop" }]);
    });

    it("are the owner of the database, and no role may do more than the service's administrator", async () => {
        const rows = await postgres.query(
            server,
            admin,
            "SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = 'shop'",
        );
        assert.deepEqual(rows, [{ owner: databaseOwner }]);
        const powers = await postgres.query(
            server,
            admin,
            "SELECT rolname::text FROM pg_roles WHERE rolname !~ '^(pg_|postgres$|cloud_admin$)' " +
                "AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)",
        );
        assert.deepEqual(powers, []);
    });

    it("have new passwords after another run, and the same rights", async () => {
        await run(2);
        const order = { user: "order_service", database: databaseName };
        await postgres.query(
            server,
            { ...order, password: own("order_service", 2) },
            "SELECT FROM shop.orders LIMIT 1",
        );
        await assert.rejects(
            postgres.query(server, { ...order, password: own("order_service", 1) }, "SELECT 1"),
            /password authentication failed/,
        );
    });
});
