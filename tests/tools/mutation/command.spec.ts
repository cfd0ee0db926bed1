import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { DOCUMENT, type Environment, HELP, mutationCommand, RESULTS } from "../../../tools/mutation/command";
import { configurationOf, type RunOptions } from "../../../tools/mutation/run";
import type { Report } from "../../../tools/mutation/stryker";
import { BEGIN, END } from "../../../tools/mutation/table";

const file = "components/cloud/index.ts";
const source = "export function half(all: number): number {\n    return all /\n        2;\n}\n";
const at = { start: { line: 2, column: 12 }, end: { line: 3, column: 10 } };
const mutant = (status: string, replacement = "all * 2") => ({
    mutatorName: "ArithmeticOperator",
    replacement,
    status,
    location: at,
});
const reportOf = (...statuses: readonly string[]): Report => ({
    files: { [file]: { source, mutants: statuses.map((status) => mutant(status)) } },
});

describe("npm run test:mutation", () => {
    let root: string;
    let said: string[];
    let runs: (RunOptions & { readonly folder: string; readonly sources: readonly string[] })[];

    function write(path: string, text: string): void {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
    }
    const read = (path: string): string => readFileSync(join(root, path), "utf8");

    function environment(...reports: readonly Report[]): Environment {
        const left = [...reports];
        return {
            root,
            say: (line) => said.push(line),
            coloured: false,
            run: ({ folder, sources }, options) => {
                runs.push({ folder: folder.name, sources, ...options });
                return Promise.resolve(left.shift() ?? reportOf());
            },
            now: () => new Date("2026-11-21T23:59:59Z"),
        };
    }

    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "mutation-"));
        [said, runs] = [[], []];
        write(file, source);
        write("components/capacity/size.ts", source);
        write(DOCUMENT, `# Proof\n\n${BEGIN}\n${END}\n\nMore.\n`);
    });
    afterEach(() => {
        rmSync(root, { recursive: true });
    });

    it("prints survivors and score, and records the folder in both files", async () => {
        const report = reportOf("Killed", "Timeout", "Survived", "NoCoverage", "RuntimeError", "Killed", "Killed");
        assert.equal(await mutationCommand(["components/cloud", "--concurrency", "2"], environment(report)), 1);
        assert.deepEqual(runs, [
            { folder: "components/cloud", sources: [file], root, concurrency: 2, coloured: false },
        ]);
        assert.deepEqual(said, [
            `${file}:2 ArithmeticOperator: all / 2 -> all * 2`,
            `${file}:2 ArithmeticOperator (not reached): all / 2 -> all * 2`,
            "components/cloud: 4 of 6 mutants noticed, 66.6 % (goal: 85 %)",
            "1 mutants could not run and do not count",
        ]);
        const { goal, folders } = JSON.parse(read(RESULTS)) as { goal: number; folders: Record<string, unknown>[] };
        const [{ commit, ...first } = {}, ...others] = folders;
        assert.deepEqual([goal, others, typeof commit], [85, [], "string"]);
        assert.deepEqual(first, {
            folder: "components/cloud",
            date: "2026-11-21",
            killed: 3,
            timeouts: 1,
            survived: 1,
            noCoverage: 1,
            errors: 1,
            score: 66.6,
        });
        const rows = read(DOCUMENT).split("\n").slice(2);
        assert.deepEqual([rows[0], ...rows.slice(5)], [BEGIN, "", END, "", "More.", ""]);
        assert.match(
            rows[4] ?? "",
            /^\| `components\/cloud` \| 6 +\| 3 +\| 1 +\| 1 +\| 1 +\| 66\.6 % \| no +\| 2026-11-21, /,
        );
        assert.match(rows[4] ?? "", / \| not examined yet \|$/);
    });

    it("exits 0 at the goal, 1 if one of several folders is below it, and keeps the results by name", async () => {
        const good = reportOf(...Array<string>(17).fill("Killed"), ...Array<string>(3).fill("Survived"));
        assert.equal(await mutationCommand(["components/cloud"], environment(good)), 0);
        const poor = reportOf("Survived");
        assert.equal(await mutationCommand(["components/capacity", "components/cloud"], environment(poor, good)), 1);
        const { folders } = JSON.parse(read(RESULTS)) as { folders: { folder: string; score: number }[] };
        assert.deepEqual(
            folders.map(({ folder, score }) => [folder, score]),
            [
                ["components/capacity", 0],
                ["components/cloud", 85],
            ],
        );
    });

    it("keeps a folder's note when it is measured again", async () => {
        await mutationCommand(["components/cloud"], environment(reportOf("Survived")));
        const results = JSON.parse(read(RESULTS)) as { folders: object[] };
        write(RESULTS, JSON.stringify({ folders: results.folders.map((one) => ({ ...one, note: "equivalent" })) }));
        await mutationCommand(["components/cloud"], environment(reportOf("Survived", "Killed")));
        assert.match(read(DOCUMENT), /\| 50\.0 % \| no +\| [^|]+ \| equivalent +\|/);
        await mutationCommand(["components/cloud"], environment(reportOf("Killed")));
        assert.match(read(DOCUMENT), /\| 100\.0 % \| yes +\| [^|]+ \| none +\|/);
    });

    it("records no part of a folder", async () => {
        assert.equal(await mutationCommand([file], environment(reportOf("Killed"))), 0);
        assert.deepEqual(said, [`${file}: 1 of 1 mutants noticed, 100.0 % (goal: 85 %)`]);
        assert.equal(existsSync(join(root, RESULTS)), false);
        assert.equal(read(DOCUMENT), `# Proof\n\n${BEGIN}\n${END}\n\nMore.\n`);
    });

    it("writes the table again from the results", async () => {
        await mutationCommand(["components/cloud"], environment(reportOf("Killed")));
        const page = read(DOCUMENT);
        write(DOCUMENT, `# Proof\n\n${BEGIN}\nold\n${END}\n\nMore.\n`);
        assert.equal(await mutationCommand(["--table"], environment()), 0);
        assert.equal(read(DOCUMENT), page);
        write(DOCUMENT, "# Proof\n");
        await assert.rejects(mutationCommand(["--table"], environment()), /docs\/proof\.md has no lines "<!-- npm run/);
    });

    it("lists the folders, and explains itself", async () => {
        await mutationCommand(["components/cloud"], environment(reportOf("Killed", "Survived", "Killed")));
        said = [];
        assert.equal(await mutationCommand(["--list"], environment()), 0);
        assert.ok(said.includes("components/cloud           1 files  66.6 %"), said.join("\n"));
        assert.ok(said.includes("components/capacity        1 files  -"));
        said = [];
        assert.equal(await mutationCommand(["--help"], environment()), 0);
        assert.deepEqual([said, runs.length], [[HELP.trimEnd()], 1]);
    });

    it("runs nothing on invalid arguments", async () => {
        const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
            [[], /^Error: Name a folder or a file; npm run test:mutation -- --list prints the folders$/],
            [["components/cloud", "tools/bench"], /^Error: tools\/bench is not in one measured folder; /],
            [["components/cloud", "--concurrency", "0"], /^Error: --concurrency 0 is not valid; give a whole number/],
            [["components/cloud", "--concurrency", "17"], /^Error: --concurrency 17 is not valid; /],
            [["components/cloud", "--concurrency", "1.5"], /^Error: --concurrency 1\.5 is not valid; /],
            [["--verbose"], /--verbose/],
        ];
        for (const [args, message] of cases) {
            await assert.rejects(mutationCommand(args, environment()), message);
        }
        assert.deepEqual(runs, []);
    });
});

describe("the configuration of Stryker", () => {
    it("has the target's code and specs, and leaves no kind of mutant out", () => {
        const root = join(__dirname, "../../..");
        const target = {
            folder: { name: "a/b", specs: ["tests/crd-types"] },
            sources: ["a/b/c.ts"],
            whole: true,
        };
        const configuration = configurationOf(target, { root, concurrency: 2, coloured: false });
        assert.deepEqual(
            { ...configuration, plugins: configuration.plugins.map((path) => existsSync(path)) },
            {
                testRunner: "specs",
                plugins: [true],
                mutate: ["a/b/c.ts"],
                specs: ["tests/crd-types/crd-types.spec.ts", "tests/crd-types/inputs.spec.ts"],
                coverageAnalysis: "perTest",
                concurrency: 2,
                maxTestRunnerReuse: 100,
                timeoutFactor: 3,
                timeoutMS: 30_000,
                dryRunTimeoutMinutes: 30,
                tempDirName: "out/mutation/a-b/copy",
                ignorePatterns: ["out"],
                reporters: ["json", "progress-append-only"],
                jsonReporter: { fileName: "out/mutation/a-b/report.json" },
                allowConsoleColors: false,
            },
        );
    });
});
