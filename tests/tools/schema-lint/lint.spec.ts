import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { changed, hashOf, lint } from "../../../tools/schema-lint/lint";
import { projectMigrations } from "../../../tools/schema-lint/main";

const services = ["order", "user"];
const first = { file: "0001_old.up.sql", sql: "CREATE TABLE shop.t (id int PRIMARY KEY, a int, b int NOT NULL);\n" };

/** Findings of a second file, after one that creates the table `t`. */
async function second(sql: string, file = "0002_new.up.sql"): Promise<string[]> {
    const found = await lint([first, { file, sql }], services);
    return found.map(({ file: name, line, message }) => `${name}:${line}: ${message}`);
}

/** Statements that a running version does not survive: object, message, and whether a marker allows them. */
const refusals: readonly (readonly [sql: string, object: string, message: string, contract: boolean])[] = [
    ["ALTER TABLE shop.t DROP COLUMN a", "t.a", "is dropped", true],
    ["DROP TABLE shop.t", "t", "is dropped", true],
    ["DROP FUNCTION shop.f(int)", "f", "is dropped", true],
    ["DROP TRIGGER x ON shop.t", "t.x", "is dropped", true],
    ["DROP INDEX shop.i", "i", "is dropped under a lock; DROP INDEX CONCURRENTLY", false],
    ["DROP INDEX CONCURRENTLY shop.i", "i", "is dropped", true],
    [
        "ALTER TABLE shop.t RENAME COLUMN a TO c",
        "t.a",
        "is renamed; add the new name, write both, and drop the old one later",
        true,
    ],
    [
        "ALTER TABLE shop.t RENAME TO u",
        "t",
        "is renamed; add the new name, write both, and drop the old one later",
        true,
    ],
    [
        "ALTER TABLE shop.t ALTER COLUMN a TYPE bigint",
        "t.a",
        "changes its type; add a column, write both, and drop the old one later",
        true,
    ],
    [
        "ALTER TABLE shop.t ALTER COLUMN a SET NOT NULL",
        "t.a",
        "becomes NOT NULL, which a running version may not write",
        true,
    ],
    [
        "ALTER TABLE shop.t ALTER COLUMN a DROP DEFAULT",
        "t.a",
        "loses its default, which a running version may rely on",
        true,
    ],
    ["ALTER TABLE shop.t DETACH PARTITION shop.p", "t", "loses the rows of a partition", true],
    [
        "ALTER TABLE shop.t ADD COLUMN c int NOT NULL",
        "t.c",
        "is NOT NULL without a default: the running version does not write it; add a DEFAULT",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD COLUMN c float DEFAULT random()",
        "t.c",
        "has a default that differs by row, which rewrites the table under a lock; add it without",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD COLUMN c int GENERATED ALWAYS AS (a) STORED",
        "t.c",
        "is computed for every row, which rewrites the table under a lock; add a plain column",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD COLUMN c int GENERATED ALWAYS AS IDENTITY",
        "t.c",
        "is computed for every row, which rewrites the table under a lock; add a plain column",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD COLUMN c int UNIQUE",
        "t.c",
        "builds an index under a lock; create it CONCURRENTLY in the next file",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD CONSTRAINT k UNIQUE (a)",
        "t.k",
        "builds an index under a lock; create it CONCURRENTLY, then ADD CONSTRAINT USING INDEX",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD CONSTRAINT k CHECK (a > 0)",
        "t.k",
        "reads the whole table under a lock; add it NOT VALID, and VALIDATE it in the next file",
        false,
    ],
    [
        "ALTER TABLE shop.t ADD CONSTRAINT k CHECK (a > 0) NOT VALID",
        "t.k",
        "refuses rows that a running version may write",
        true,
    ],
    [
        "ALTER TABLE shop.t SET UNLOGGED",
        "t",
        "AT_SetUnLogged is not known to be compatible; add it to columns.ts with the reason",
        false,
    ],
    ["CREATE INDEX i ON shop.t (a)", "t.i", "blocks writes while it is built; CREATE INDEX CONCURRENTLY", false],
    ["CREATE UNIQUE INDEX CONCURRENTLY i ON shop.t (a)", "t.i", "refuses rows that a running version may write", true],
    [
        "CREATE TABLE shop.p PARTITION OF shop.t DEFAULT",
        "t",
        "is locked by PARTITION OF; create the table, then ALTER TABLE ATTACH PARTITION",
        false,
    ],
    [
        "CREATE TRIGGER x BEFORE INSERT ON shop.t FOR EACH ROW EXECUTE FUNCTION shop.f()",
        "t",
        "gets a trigger, which changes what a running version writes",
        true,
    ],
    ["DELETE FROM shop.t", "t", "loses rows", true],
    [
        "UPDATE shop.t SET a = 1",
        "t",
        "is updated in one transaction, which locks its rows; backfill in batches by a job",
        false,
    ],
    ["GRANT SELECT ON shop.t TO x", "rights", "are not in migrations; change catalog/schema/access.ts", false],
    [
        "DO $$ BEGIN EXECUTE 'DROP TABLE shop.t'; END $$",
        "DoStmt",
        "is not known to be compatible; add it to rules.ts with the reason",
        false,
    ],
];

/** Statements that every version survives. */
const accepted = [
    "CREATE TABLE shop.u (id int); CREATE INDEX ON shop.u (id); ALTER TABLE shop.u ADD COLUMN b int NOT NULL",
    "CREATE INDEX CONCURRENTLY i ON shop.t (a)",
    "CREATE INDEX i ON ONLY shop.t (a)",
    "ALTER TABLE shop.t ADD COLUMN c int",
    "ALTER TABLE shop.t ADD COLUMN c timestamptz NOT NULL DEFAULT now()",
    "ALTER TABLE shop.t ALTER COLUMN a SET DEFAULT 1, ALTER COLUMN b DROP NOT NULL, VALIDATE CONSTRAINT k",
    "ALTER TABLE shop.t ADD CONSTRAINT k UNIQUE USING INDEX i",
    "ALTER TABLE shop.t ATTACH PARTITION shop.p DEFAULT",
    "REVOKE ALL ON FUNCTION shop.f FROM PUBLIC",
    "INSERT INTO shop.t VALUES (1, 2, 3)",
];

describe("lint of migrations (DB-15, DB-16)", () => {
    for (const [sql, object, message, contract] of refusals) {
        it(`refuses in one step: ${sql}`, async () => {
            const marked = `-- contract: order 1.4.0 no longer uses ${object}\n${sql};`;
            const expected = contract
                ? `${message}; when no version uses it, mark the file: -- contract: <service> <version> no longer uses ${object}`
                : message;
            assert.deepEqual(await second(`-- Why.\n\n${sql};`), [`0002_new.up.sql:3: ${object} ${expected}`]);
            const after = contract ? [] : [`0002_new.up.sql:2: ${object} ${message}`];
            assert.deepEqual(await second(marked), after);
        });
    }

    for (const sql of accepted) {
        it(`accepts: ${sql}`, async () => {
            assert.deepEqual(await second(sql), []);
        });
    }

    it("refuses CONCURRENTLY beside another statement, which golang-migrate runs in one transaction", async () => {
        const sql = "CREATE INDEX CONCURRENTLY i ON shop.t (a);\nALTER TABLE shop.t ADD COLUMN c int;";
        const message = "CONCURRENTLY does not run in a transaction; give it a file of its own";
        assert.deepEqual(await second(sql), [`0002_new.up.sql:1: ${message}`]);
    });

    it("refuses a marker without form, service, version or effect", async () => {
        const sql = [
            "-- contract: dropped a",
            "-- contract: orders 1.4.0 no longer uses t.a",
            "-- contract: order next no longer uses t.a",
            "-- contract: order 1.4.0 no longer uses t.b",
            "ALTER TABLE shop.t ADD COLUMN c int;",
        ].join("\n");
        assert.deepEqual(await second(sql), [
            "0002_new.up.sql:1: the marker is not of the form: -- contract: <service> <version> no longer uses <table or table.column>",
            "0002_new.up.sql:2: no service is called orders; give one of order, user",
            "0002_new.up.sql:3: next is no version; give one such as 1.4.0",
            "0002_new.up.sql:4: nothing in the file removes t.b; remove the marker",
        ]);
    });

    it("refuses a file out of order, or with another name", async () => {
        for (const file of ["0003_new.up.sql", "V002__new.sql", "0002_New.up.sql", "0002_new.down.sql"]) {
            const message = "is not called 0002_<title>.up.sql, as golang-migrate's order needs";
            assert.deepEqual(await second("SELECT 1", file), [`${file}:1: ${message}`]);
        }
    });

    it("refuses what is no SQL, in the words of PostgreSQL", async () => {
        await assert.rejects(second("CREATE TABEL x ()"), /syntax error at or near "TABEL"/);
    });

    it("refuses a recorded file that changed or is gone, and one that is not recorded", () => {
        const [a, b] = [first, { file: "0002_new.up.sql", sql: "SELECT 1" }] as const;
        assert.deepEqual(changed([a, b], { [a.file]: hashOf("other"), "0003_gone.up.sql": "" }), [
            { file: a.file, line: 1, message: "has changed since it was recorded; restore it and add a migration" },
            { file: b.file, line: 1, message: "is not recorded; run npm run lint:schema -- --record" },
            {
                file: "0003_gone.up.sql",
                line: 1,
                message: "is recorded and missing; restore it and add a migration",
            },
        ]);
        assert.deepEqual(changed([a], { [a.file]: hashOf(a.sql) }), []);
    });
});

describe("the project's migrations", () => {
    const { variants, files } = projectMigrations();

    it("pass in both variants of the users", async () => {
        assert.equal(variants.length, 2);
        for (const variant of variants) {
            assert.equal(variant.length, 11);
            assert.deepEqual(await lint(variant, ["order"]), []);
        }
        assert.notEqual(variants[0]?.[1]?.sql, variants[1]?.[1]?.sql);
    });

    it("are recorded", () => {
        const path = join(resolve(__dirname, "../../../catalog/schema"), "recorded.json");
        assert.deepEqual(changed(files, JSON.parse(readFileSync(path, "utf8")) as Record<string, string>), []);
    });
});
