import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { documents, packageFile, root } from "./project";

function read(path: string): string {
    return readFileSync(join(root, path), "utf8");
}

/** A document without its code, where brackets mean something else. */
function prose(text: string): string {
    return text.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, " "));
}

/** Anchors that the headings of a document give, as GitHub makes them. */
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
    it("are found", () => {
        for (const path of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/config.md", "docs/adr/README.md"]) {
            assert.ok(paths.includes(path), path);
        }
    });

    for (const path of paths) {
        it(`${path}: every link into the project resolves`, () => {
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

        it(`${path}: every npm script that it names is there`, () => {
            const { scripts } = packageFile();
            const named = [...read(path).matchAll(/npm run (?:-\S+ )*([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
            assert.deepEqual(
                named.filter((name) => !Object.hasOwn(scripts, name)),
                [],
            );
        });
    }

    it("speak of no folder outside the project", () => {
        for (const path of paths) {
            assert.doesNotMatch(read(path), /(^|[\s`"(])\/(home|Users|root|work|mnt|opt)\//m, path);
        }
    });
});

describe("the decisions", () => {
    const folder = join(root, "docs/adr");
    const files = readdirSync(folder).filter((file) => file !== "README.md");
    const index = read("docs/adr/README.md");

    it("are at least thirteen, each in the index", () => {
        assert.ok(files.length >= 13);
        assert.deepEqual(
            files.filter((file) => !index.includes(`](${file})`)),
            [],
        );
    });

    for (const file of files) {
        it(`${file} has its date, context, decision and consequences, in short`, () => {
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

describe("the traps", () => {
    it("have dates, newest first", () => {
        const headings = [...read("docs/traps.md").matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
        assert.ok(headings.length > 0);
        const dates = headings.map((heading) => /^(20\d\d-\d\d-\d\d): /.exec(heading)?.[1] ?? "none");
        assert.ok(!dates.includes("none"));
        assert.deepEqual(dates, [...dates].sort().reverse());
    });
});

/** Ids that a text names, ranges such as `DB-01 to DB-20` written out. */
function ids(text: string): string[] {
    return [...text.matchAll(/\b([A-Z]{2})-(\d\d)(?: to \1-(\d\d))?/g)].flatMap(
        ([, group = "", from = "", to = from]) =>
            Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) => {
                return `${group}-${String(Number(from) + step).padStart(2, "0")}`;
            }),
    );
}

/** The project's own sources below a folder. */
function sources(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        // The bench brings packages of its own.
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

    it("say of each row once whether it is met", () => {
        const rows = (part: string, column: number) =>
            part
                .split("\n")
                .flatMap((line) => (/^\| .*[A-Z]{2}-\d\d/.test(line) ? ids(rowOf(line)[column] ?? "") : []));
        const said = [...rows(met, 1), ...rows(partly, 1), ...rows(later, 2)].sort();
        assert.deepEqual(said, [...new Set(said)]);
        assert.equal(said.length, 167);
    });

    it("name for each row that is met a file and a test", () => {
        const lines = met.split("\n").filter((line) => /^\| [A-Z]{2}-\d\d/.test(line));
        assert.ok(lines.length >= 40);
        for (const line of lines) {
            const [, , , where = "", test = ""] = rowOf(line);
            assert.match(where, /\]\(\.\.\/(config|catalog|components|policy|tools)\//, line);
            assert.match(test, /\]\(\.\.\/tests\/[^)]*\.spec\.ts\)/, line);
        }
    });

    it("have every row that the sources name", () => {
        const known = new Set(ids(text));
        for (const path of ["config", "catalog", "components", "policy", "tools"].flatMap(sources)) {
            const unknown = ids(read(path)).filter((id) => !known.has(id));
            assert.deepEqual(unknown, [], path);
        }
    });
});

describe("each folder's README", () => {
    for (const folder of ["config", "catalog", "policy"]) {
        it(`${folder}/README.md is short`, () => {
            assert.ok(read(`${folder}/README.md`).trimEnd().split("\n").length <= 14);
            assert.ok(statSync(join(root, folder)).isDirectory());
        });
    }
});
