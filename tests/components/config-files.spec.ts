import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import * as ts from "typescript";

import { platformConfig } from "../../components/platform-config";

const root = join(__dirname, "../..");

/** The modules that a file imports at run time, without type-only imports. */
function imports(file: string): string[] {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
    return source.statements.flatMap((statement): string[] => {
        const [clause, from] = ts.isImportDeclaration(statement)
            ? [statement.importClause, statement.moduleSpecifier]
            : ts.isExportDeclaration(statement)
              ? [statement, statement.moduleSpecifier]
              : [undefined, undefined];
        const typesOnly =
            clause !== undefined &&
            (ts.isImportClause(clause) ? clause.phaseModifier !== undefined : clause.isTypeOnly);
        return from === undefined || typesOnly || !ts.isStringLiteral(from) ? [] : [from.text];
    });
}

/** The project's files and the packages that a file imports at run time, directly or indirectly. */
function reached(file: string, seen = new Set<string>()): Set<string> {
    for (const from of imports(file)) {
        const bare = resolve(dirname(file), from);
        const found = [`${bare}.ts`, join(bare, "index.ts"), bare].find((path) => existsSync(path));
        const path = from.startsWith(".") ? found : undefined;
        const name = path === undefined ? from : relative(root, path);
        if (!seen.has(name)) {
            seen.add(name);
            if (path?.endsWith(".ts") === true) {
                reached(path, seen);
            }
        }
    }
    return seen;
}

const files = readdirSync(join(root, "components"), { recursive: true, encoding: "utf8" }).filter((file) =>
    /^[a-z]+\/config(-[a-z]+)?\.ts$/.test(file),
);

describe("the configuration of the layers", () => {
    it("is found", () => {
        assert.ok(files.includes("network/config.ts"), files.join(", "));
        assert.ok(reached(join(root, "components/platform.ts")).has("@pulumi/pulumi"));
    });

    for (const file of files) {
        it(`is data and pure functions in components/${file}`, () => {
            const layer = dirname(file);
            const others = [...reached(join(root, "components", file))].filter(
                (name) =>
                    !/^(config|catalog)\/|^components\/common\/config\.ts$/.test(name) &&
                    !name.startsWith(`components/${layer}/config`),
            );
            // Libraries for validation; no cloud, no engine and no other layer.
            const allowed = ["cron-parser", "ipaddr.js", "zod"];
            assert.deepEqual(
                others.filter((name) => !allowed.includes(name)),
                [],
            );
        });
    }

    it("includes every layer's part, and each has tests", () => {
        const folders = files.filter((file) => file.endsWith("/config.ts")).map(dirname);
        assert.deepEqual(platformConfig.parts.map(({ name }): string => name).sort(), folders.sort());
        const untested = folders.filter((name) => !existsSync(join(__dirname, name, "config.spec.ts")));
        assert.deepEqual(untested, []);
    });
});

describe("the configuration's library", () => {
    it("imports no layer", () => {
        const offenders = readdirSync(join(root, "config"))
            .filter((file) => file.endsWith(".ts"))
            .filter((file) => /from "\.\.\/components\//.test(readFileSync(join(root, "config", file), "utf8")));
        assert.deepEqual(offenders, []);
    });
});
