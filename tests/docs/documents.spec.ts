import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { documents, packageFile, root } from "./project";

function read(path: string): string {
    return readFileSync(join(root, path), "utf8");
}

/** A document without code, in which brackets are not links. */
function prose(text: string): string {
    return text.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, " "));
}

/** Anchors of a document's headings, as GitHub generates them. */
function anchors(text: string): string[] {
    const headings = [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
    return headings.map((heading) =>
        heading
            .toLowerCase()
            .replace(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
    );
}

const paths = documents();

describe("the documents", () => {
    it("include the main documents", () => {
        for (const path of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/config.md", "docs/adr/README.md"]) {
            assert.ok(paths.includes(path), path);
        }
    });

    for (const path of paths) {
        it(`${path}: every relative link resolves`, () => {
            const links = [...prose(read(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
            for (const link of links.filter((target) => !/^[a-z]+:/.test(target))) {
                const [file = "", anchor] = link.split("#");
                const target = file === "" ? path : relative(root, join(root, dirname(path), file));
                assert.ok(existsSync(join(root, target)), `${path} links to ${link}`);
                if (anchor !== undefined && target.endsWith(".md")) {
                    assert.ok(anchors(read(target)).includes(anchor), `${path} links to ${link}`);
                }
            }
        });

        it(`${path}: every npm script exists`, () => {
            const { scripts } = packageFile();
            const named = [...read(path).matchAll(/npm run (?:-\S+ )*([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
            assert.deepEqual(
                named.filter((name) => !Object.hasOwn(scripts, name)),
                [],
            );
        });
    }

    it("name tests that exist in docs/proof.md", () => {
        const named = [...read("docs/proof.md").matchAll(/`(tests\/[^`\s]+)`/g)].map(([, path = ""]) => path);
        // A path with a wildcard names a folder.
        const missing = named.filter((path) => !existsSync(join(root, path.replace(/\*.*$/, ""))));
        assert.deepEqual(missing, []);
        assert.ok(named.length > 40);
    });

    it("contain no absolute paths outside the project", () => {
        for (const path of paths) {
            assert.doesNotMatch(read(path), /(^|[\s`"(])\/(home|Users|root|work|mnt|opt)\//m, path);
        }
    });
});

describe("the decisions", () => {
    const folder = join(root, "docs/adr");
    const files = readdirSync(folder).filter((file) => file !== "README.md");
    const index = read("docs/adr/README.md");

    it("are all in the index", () => {
        assert.ok(files.length >= 13);
        assert.deepEqual(
            files.filter((file) => !index.includes(`](${file})`)),
            [],
        );
    });

    for (const file of files) {
        it(`${file} has date, context, decision and consequences in less than 900 words`, () => {
            assert.match(file, /^20\d{6}-[a-z0-9]+(-[a-z0-9]+)*\.md$/);
            const text = read(`docs/adr/${file}`);
            const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
            for (const heading of ["Context", "Decision", "Consequences"]) {
                assert.ok(headings.includes(heading), heading);
            }
            assert.match(text, /20\d\d-\d\d-\d\d/);
            assert.ok(text.split(/\s+/).length < 900);
        });
    }
});

describe("the pitfalls", () => {
    it("are dated, newest first", () => {
        const headings = [...read("docs/traps.md").matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
        assert.ok(headings.length > 0);
        const dates = headings.map((heading) => /^(20\d\d-\d\d-\d\d): /.exec(heading)?.[1] ?? "none");
        assert.ok(!dates.includes("none"));
        assert.deepEqual(dates, [...dates].sort().reverse());
    });
});

/** Requirement ids in a text; ranges such as `DB-01 to DB-20` are expanded. */
function ids(text: string): string[] {
    return [...text.matchAll(/\b([A-Z]{2})-(\d\d)(?: to \1-(\d\d))?/g)].flatMap(
        ([, group = "", from = "", to = from]) =>
            Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) => {
                return `${group}-${String(Number(from) + step).padStart(2, "0")}`;
            }),
    );
}

/** TypeScript sources of a folder. */
function sources(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        // tools/bench has its own packages.
        if (entry.name === "node_modules") {
            return [];
        }
        return entry.isDirectory() ? sources(path) : path.endsWith(".ts") ? [path] : [];
    });
}

describe("the requirements", () => {
    const text = read("docs/requirements.md");
    const [, met = "", partly = "", later = ""] = text.split(/^## .*$/m);
    const rowOf = (line: string) => line.split("|").map((part) => part.trim());

    it("list each of the 167 rows once", () => {
        const rows = (part: string, column: number) =>
            part
                .split("\n")
                .flatMap((line) => (/^\| .*[A-Z]{2}-\d\d/.test(line) ? ids(rowOf(line)[column] ?? "") : []));
        const listed = [...rows(met, 1), ...rows(partly, 1), ...rows(later, 2)].sort();
        assert.deepEqual(listed, [...new Set(listed)]);
        assert.equal(listed.length, 167);
    });

    it("link each met row to a source file and a test", () => {
        const lines = met.split("\n").filter((line) => /^\| [A-Z]{2}-\d\d/.test(line));
        assert.ok(lines.length >= 40);
        for (const line of lines) {
            const [, , , implementation = "", test = ""] = rowOf(line);
            assert.match(implementation, /\]\(\.\.\/(config|catalog|components|policy|tools)\//, line);
            assert.match(test, /\]\(\.\.\/tests\/[^)]*\.spec\.ts\)/, line);
        }
    });

    it("contain every row that source files refer to", () => {
        const known = new Set(ids(text));
        for (const path of ["config", "catalog", "components", "policy", "tools"].flatMap(sources)) {
            const unknown = ids(read(path)).filter((id) => !known.has(id));
            assert.deepEqual(unknown, [], path);
        }
    });
});

describe("each folder's README", () => {
    for (const folder of ["config", "catalog", "policy"]) {
        it(`${folder}/README.md has at most 14 lines`, () => {
            assert.ok(read(`${folder}/README.md`).trimEnd().split("\n").length <= 14);
            assert.ok(statSync(join(root, folder)).isDirectory());
        });
    }
});
