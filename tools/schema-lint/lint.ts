import { createHash } from "node:crypto";

import { changes, outsideTransaction, tableOf } from "./rules";
import { statements } from "./parse";

/** A migration as a file. */
export interface Migration {
    readonly file: string;
    readonly sql: string;
}

/** A mistake in a migration. */
export interface Finding {
    readonly file: string;
    /** From 1. */
    readonly line: number;
    readonly message: string;
}

const fileName = /^(\d{4})_[a-z0-9]+(?:_[a-z0-9]+)*\.up\.sql$/;
const marker = /^-- contract: (\S+) (\S+) no longer uses (\S+)$/;
const remedy = "-- contract: <service> <version> no longer uses <table or table.column>";

/** The objects that a file's markers allow to be removed, by line; mistakes of the markers themselves. */
function markers(
    { file, sql }: Migration,
    services: readonly string[],
): { objects: Map<string, number>; found: Finding[] } {
    const objects = new Map<string, number>();
    const found: Finding[] = [];
    sql.split("\n").forEach((content, index) => {
        if (!/^--\s*contract\b/i.test(content)) {
            return;
        }
        const line = index + 1;
        const [, service = "", version = "", object = ""] = marker.exec(content) ?? [];
        if (object === "") {
            found.push({ file, line, message: `the marker is not of the form: ${remedy}` });
        } else if (!services.includes(service)) {
            found.push({ file, line, message: `no service is called ${service}; give one of ${services.join(", ")}` });
        } else if (!/^\d+\.\d+\.\d+$/.test(version)) {
            found.push({ file, line, message: `${version} is no version; give one such as 1.4.0` });
        } else {
            objects.set(object, line);
        }
    });
    return { objects, found };
}

async function lintFile(migration: Migration, earlier: Set<string>, services: readonly string[]): Promise<Finding[]> {
    const { file, sql } = migration;
    const { objects, found } = markers(migration, services);
    const unused = new Map(objects);
    const all = await statements(sql);
    const created: string[] = [];
    for (const statement of all) {
        const at = { file, line: statement.line };
        for (const { kind, object, message } of changes(statement, { existing: (table) => earlier.has(table) })) {
            unused.delete(object);
            if (kind === "refused") {
                found.push({ ...at, message: `${object} ${message}` });
            } else if (!objects.has(object)) {
                const marked = remedy.replace("<table or table.column>", object);
                found.push({
                    ...at,
                    message: `${object} ${message}; when no version uses it, mark the file: ${marked}`,
                });
            }
        }
        if (outsideTransaction(statement) && all.length > 1) {
            found.push({ ...at, message: "CONCURRENTLY does not run in a transaction; give it a file of its own" });
        }
        if (statement.kind === "CreateStmt") {
            created.push(tableOf(statement.node["relation"]));
        }
    }
    for (const [object, line] of unused) {
        found.push({ file, line, message: `nothing in the file removes ${object}; remove the marker` });
    }
    created.forEach((table) => earlier.add(table));
    return found;
}

/** Hash of a migration, by which it is recorded. */
export function hashOf(sql: string): string {
    return createHash("sha256").update(sql).digest("hex");
}

/** Files whose recorded contents differ: a database that has run them never gets the change. */
export function changed(migrations: readonly Migration[], recorded: Readonly<Record<string, string>>): Finding[] {
    const found = migrations.flatMap(({ file, sql }): Finding[] => {
        const before = recorded[file];
        if (before === undefined) {
            return [{ file, line: 1, message: "is not recorded; run npm run lint:schema -- --record" }];
        }
        return before === hashOf(sql)
            ? []
            : [{ file, line: 1, message: "has changed since it was recorded; restore it and add a migration" }];
    });
    const missing = Object.keys(recorded).filter((file) => !migrations.some((migration) => migration.file === file));
    return [
        ...found,
        ...missing.map((file) => ({
            file,
            line: 1,
            message: "is recorded and missing; restore it and add a migration",
        })),
    ];
}

/**
 * Checks migrations in their order (DB-15, DB-16).
 *
 * @param services names that a marker may give
 */
export async function lint(migrations: readonly Migration[], services: readonly string[]): Promise<Finding[]> {
    const found: Finding[] = [];
    const earlier = new Set<string>();
    for (const [index, migration] of migrations.entries()) {
        const number = String(index + 1).padStart(4, "0");
        if (fileName.exec(migration.file)?.[1] !== number) {
            const { file } = migration;
            found.push({
                file,
                line: 1,
                message: `is not called ${number}_<title>.up.sql, as golang-migrate's order needs`,
            });
        }
        found.push(...(await lintFile(migration, earlier, services)));
    }
    return found.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
