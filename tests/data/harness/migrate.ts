import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { databaseName, databaseOwner as ownerRole } from "../../../catalog/database";
import { rolesOfOwner } from "../../../components/database/schema/access-sql";
import { migrateScript, migrateUrl, sqlFolder } from "../../../components/database/schema/command";
import { toolPath } from "../../../tools/toolchain/paths";
import { password, type Postgres, type Server } from "./postgres";

/** What the database's operator does before the migrations: the roles, and a database that the owner's role owns. */
export async function prepare(postgres: Postgres, server: Server): Promise<void> {
    const admin = { user: "postgres", database: "postgres" };
    for (const role of [ownerRole, ...rolesOfOwner]) {
        await postgres.query(server, admin, `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    }
    await postgres.query(server, admin, `GRANT ${rolesOfOwner.join(", ")} TO ${ownerRole}`);
    await postgres.query(server, admin, `CREATE DATABASE ${databaseName} OWNER ${ownerRole}`);
}

/** Result of the migrations' script. */
export interface Migrated {
    readonly code: number;
    readonly output: string;
}

/** Runs the Job's script with the real golang-migrate on the migrations. Without TLS, which the suite's servers have not. */
export function migrate(
    postgres: Postgres,
    { port }: Server,
    name: string,
    migrations: Readonly<Record<string, string>>,
    secret = password,
): Promise<Migrated> {
    const folder = join(postgres.run.folder, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, sql] of Object.entries(migrations)) {
        writeFileSync(join(folder, file), sql);
    }
    const url = new URL(migrateUrl("127.0.0.1", port, ""));
    url.searchParams.set("sslmode", "disable");
    url.searchParams.delete("sslrootcert");
    const env = {
        PATH: `${dirname(toolPath("migrate"))}:${process.env["PATH"] ?? ""}`,
        DATABASE_URL: url.href,
        PGPASSWORD: secret,
    };
    return new Promise((resolve) => {
        const script = migrateScript.replaceAll(sqlFolder, folder);
        execFile("sh", ["-c", script], { env }, (error, stdout, stderr) => {
            resolve({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
        });
    });
}
