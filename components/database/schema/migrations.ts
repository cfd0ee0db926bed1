import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { accessSql } from "./access-sql";

/** Whether the table of users is one table, or a partition for each month of registration (DB-13). */
export type UsersTable = "plain" | "partitioned";

const folder = resolve(__dirname, "../../../catalog/schema");

function filesOf(name: string): Record<string, string> {
    const path = join(folder, name);
    const files = readdirSync(path).filter((file) => file.endsWith(".sql"));
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(path, file), "utf8")]));
}

/** The schema as the Job runs it: migrations by file name, and the rights. */
export interface SchemaSql {
    readonly migrations: Readonly<Record<string, string>>;
    readonly access: string;
}

/** The SQL of a stack, read from `catalog/schema`. */
export function schemaSql(users: UsersTable): SchemaSql {
    const migrations = { ...filesOf("migrations"), ...(users === "partitioned" ? filesOf("partitioned-users") : {}) };
    return { migrations, access: accessSql() };
}

/** The made-up catalogue of dev. */
export function seedSql(): string {
    return readFileSync(join(folder, "seed", "dev.sql"), "utf8");
}
