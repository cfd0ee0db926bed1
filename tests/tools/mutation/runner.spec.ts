import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../../..");

/** A module as Stryker instruments it: mutant 1 while it is loaded, mutants 2 to 4 when it is called. */
const code = `
const state = globalThis.__stryker__;
const reached = (id) => {
    const hits = (state.mutantCoverage ??= { static: {}, perTest: {} }).perTest;
    const own = (hits[state.currentTestId ?? "none"] ??= {});
    own[id] = (own[id] ?? 0) + 1;
    if (state.activeMutant !== id) return false;
    if (state.hitCount !== undefined) state.hitCount += 1;
    return true;
};
exports.base = reached("1") ? 3 : 2;
exports.half = (all) => (reached("2") ? all * exports.base : all / exports.base);
exports.later = () => { void Promise.resolve().then(() => { if (reached("3")) throw new Error("late"); }); };
exports.loop = () => { for (let turn = 0; turn < 9; turn += 1) if (!reached("4")) break; };
exports.never = () => reached("5");
`;

const specs = {
    "base.spec.js": `
        const { base } = require("./code");
        it("is two", () => { if (base !== 2) throw new Error("not two"); });`,
    "call.spec.js": `
        const code = require("./code");
        describe("half", () => {
            it("divides", () => { if (code.half(4) !== 2) throw new Error("not divided"); });
            it("starts something", async () => { code.later(); await new Promise((done) => setTimeout(done, 20)); });
            it("ends", () => { code.loop(); });
        });`,
};

/** The runs, one after the other in one process, by name; `other` runs a spec that fails without a mutant. */
const runs = {
    dry: "runner.dryRun()",
    called: 'only("2")',
    loaded: 'only("1")',
    unreached: 'only("5")',
    again: 'only("1")',
    filtered: 'only("2", { testFilter: ["base.spec.js"] })',
    rejected: 'only("3")',
    overLimit: 'only("4", { hitLimit: 5 })',
    atLimit: 'only("4", { hitLimit: 9 })',
    environment: 'only("5").then(() => process.env.__STRYKER_ACTIVE_MUTANT__)',
    red: 'other("red.spec.js").dryRun()',
    missing: 'other("none.spec.js").dryRun()',
} as const;

const killed = (spec: string, failureMessage: string, nrOfTests: number) => ({
    status: "killed",
    killedBy: [spec],
    failureMessage,
    nrOfTests,
});

describe("the runner that Stryker starts", () => {
    let folder: string;
    let results: Record<keyof typeof runs, unknown>;

    before(() => {
        folder = realpathSync(mkdtempSync(join(tmpdir(), "mutation-runner-")));
        const red = { "red.spec.js": 'it("is red", () => { throw new Error("always"); });' };
        for (const [name, text] of Object.entries({ "code.js": code, ...specs, ...red })) {
            writeFileSync(join(folder, name), text);
        }
        const script = `
            const { strykerPlugins: [plugin] } = require(${JSON.stringify(join(root, "tools/mutation/plugin.cjs"))});
            process.chdir(${JSON.stringify(folder)});
            const other = (...specs) => new plugin.injectableClass({ specs });
            const runner = other(...${JSON.stringify(Object.keys(specs))});
            const only = (id, more) => runner.mutantRun({ activeMutant: { id }, ...more });
            (async () => {
                const results = {};
                ${Object.entries(runs)
                    .map(([name, run]) => `results.${name} = structuredClone(await ${run});`)
                    .join("\n")}
                process.stdout.write(JSON.stringify(results));
            })();`;
        const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        results = JSON.parse(stdout) as typeof results;
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("reports each spec file as a test, with the mutants that it reaches while it is loaded and while it runs", () => {
        const { tests, ...result } = results.dry as { tests: { timeSpentMs: number }[] };
        assert.ok(tests.every(({ timeSpentMs }) => timeSpentMs >= 0 && timeSpentMs < 60_000));
        assert.deepEqual(
            tests.map((test) => ({ ...test, timeSpentMs: 0 })),
            Object.keys(specs).map((name) => ({ id: name, name, status: 0, timeSpentMs: 0 })),
        );
        assert.deepEqual(result, {
            status: "complete",
            mutantCoverage: {
                static: {},
                perTest: { "base.spec.js": { 1: 1 }, "call.spec.js": { 1: 1, 2: 1, 3: 1, 4: 1 } },
            },
        });
    });

    it("stops at the first spec file that fails", () => {
        assert.deepEqual(results.called, killed("call.spec.js", "half divides: not divided", 2));
        assert.deepEqual(results.unreached, { status: "survived", nrOfTests: 2 });
    });

    it("loads the code again for each mutant", () => {
        assert.deepEqual(results.loaded, killed("base.spec.js", "is two: not two", 1));
        assert.deepEqual(results.again, results.loaded);
    });

    it("runs only the spec files that reach the mutant", () => {
        assert.deepEqual(results.filtered, { status: "survived", nrOfTests: 1 });
    });

    it("notices a rejection that no test waits for, and survives what the failed test has started", () => {
        assert.deepEqual(results.rejected, killed("call.spec.js", "half starts something: late", 2));
    });

    it("reports an endless loop as a timeout", () => {
        assert.deepEqual(results.overLimit, { status: "timeout", reason: "reached more than 5 times" });
        assert.deepEqual(results.atLimit, { status: "survived", nrOfTests: 2 });
    });

    it("gives the mutant to the programs that a spec starts", () => {
        assert.equal(results.environment, "5");
    });

    it("fails where a spec fails without a mutant, or cannot be loaded", () => {
        assert.deepEqual(results.red, {
            status: "error",
            errorMessage: "red.spec.js fails without a mutant: is red: always",
        });
        const { errorMessage } = results.missing as { errorMessage: string };
        assert.match(errorMessage, /^none\.spec\.js fails without a mutant: Cannot find module /);
    });
});
