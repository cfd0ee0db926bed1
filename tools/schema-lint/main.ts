import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { serviceAccess } from "../../catalog/schema/access";
import { changed, type Finding, hashOf, lint, type Migration } from "./lint";

const folder = resolve(__dirname, "../../catalog/schema");
const record = join(folder, "recorded.json");

/** Migrations of a folder, in order. */
export function migrationsIn(path: string): Migration[] {
    const files = readdirSync(path).sort();
    return files.map((file) => ({ file, sql: readFileSync(join(path, file), "utf8") }));
}

/** The project's migrations, in both variants, and all files with their folder. */
export function projectMigrations(): {
    readonly variants: readonly (readonly Migration[])[];
    readonly files: readonly Migration[];
} {
    const plain = migrationsIn(join(folder, "migrations"));
    const other = migrationsIn(join(folder, "partitioned-users"));
    const partitioned = plain.map((one) => other.find(({ file }) => file === one.file) ?? one);
    const files = Object.entries({ migrations: plain, "partitioned-users": other }).flatMap(([name, all]) =>
        all.map(({ file, sql }) => ({ file: `${name}/${file}`, sql })),
    );
    return { variants: [plain, partitioned], files };
}

async function main(recording: boolean): Promise<void> {
    const { variants, files } = projectMigrations();
    const hashes = Object.fromEntries(files.map(({ file, sql }) => [file, hashOf(sql)]));
    const found: Finding[] = [];
    for (const variant of variants) {
        found.push(...(await lint(variant, Object.keys(serviceAccess))));
    }
    const recorded = (existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : {}) as Record<string, string>;
    const differing = changed(files, recorded);
    if (recording) {
        // A new file is recorded; one that was recorded keeps its hash.
        writeFileSync(record, `${JSON.stringify({ ...hashes, ...recorded }, undefined, 2)}\n`);
    }
    const rest = recording ? differing.filter(({ file }) => file in recorded) : differing;
    for (const line of new Set([...found, ...rest].map((one) => `${one.file}:${one.line}: ${one.message}`))) {
        console.error(line);
        process.exitCode = 1;
    }
}

if (require.main === module) {
    void main(process.argv.includes("--record"));
}
