import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Fault } from "../../../../tools/plan";
import { type StackFiles, writeStacks } from "../../../../tools/plan/render/write";
import { tree } from "../project";

describe("writing a plan", () => {
    const folder = mkdtempSync(join(tmpdir(), "plan-write-"));
    const stacks = [{ stack: "dev", files: [{ path: "plan.json", text: "{}\n" }] }];

    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("makes the folders above the one that is asked for", () => {
        writeStacks(join(folder, "a", "b", "c"), stacks);
        assert.equal(readFileSync(join(folder, "a", "b", "c", "dev", "plan.json"), "utf8"), "{}\n");
    });

    it("ends with a message where a file is in the way", () => {
        const file = join(folder, "file");
        writeFileSync(file, "");
        assert.throws(() => {
            writeStacks(join(file, "out"), stacks);
        }, /file\/out cannot be written to: ENOTDIR/);
    });

    it("ends, and within seconds, where the file system takes no folder", () => {
        // In a process of its own: an endless loop could not be stopped from inside.
        const script = `require("./tools/plan/render/write").writeStacks("/proc/no-such-place/out", []);`;
        const { status, stderr, signal } = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", script], {
            encoding: "utf8",
            timeout: 30_000,
        });
        assert.equal(signal, null, "it never ended");
        assert.equal(status, 1);
        assert.match(stderr, /cannot be written to: /);
    });
});

describe("writing several stacks over earlier plans", () => {
    let out: string;

    /** A stack's plan: its one document says which run it is of, and a second file has the run in its name. */
    const plan = (stack: string, run: string): StackFiles => ({
        stack,
        files: [
            { path: "plan.json", text: `${stack} ${run}\n` },
            { path: `kubernetes/${run}.yaml`, text: `${run}\n` },
        ],
    });
    /** What a folder holds when these plans are all that it holds. */
    const holding = (...plans: readonly StackFiles[]) =>
        plans.flatMap(({ stack, files }) => files.map(({ path, text }) => [`${stack}/${path}`, text])).sort();
    const held = () => [...tree(out)].sort();

    beforeEach(() => {
        out = mkdtempSync(join(tmpdir(), "plan-swap-"));
        writeStacks(out, [plan("dev", "old"), plan("prod", "old"), plan("staging", "old")]);
    });
    afterEach(() => {
        rmSync(out, { recursive: true });
    });

    it("replaces the whole folder of each stack, leaves those of others, and nothing beside them", () => {
        writeStacks(out, [plan("dev", "new"), plan("qa", "new"), plan("prod", "new")]);
        assert.deepEqual(
            held(),
            holding(plan("dev", "new"), plan("prod", "new"), plan("qa", "new"), plan("staging", "old")),
        );
        assert.deepEqual(readdirSync(out), ["dev", "prod", "qa", "staging"]);
    });

    it("restores every stack where moving one of them fails halfway", () => {
        // A stack without files has no folder to move into place, so that the third of four renames to "out" fails.
        const stacks = [plan("dev", "new"), plan("qa", "new"), { stack: "prod", files: [] }, plan("staging", "new")];
        assert.throws(() => {
            writeStacks(out, stacks);
        }, /^Error: ENOENT: no such file or directory, rename '.*\/new\/prod' -> '.*\/prod'$/);
        assert.deepEqual(held(), holding(plan("dev", "old"), plan("prod", "old"), plan("staging", "old")));
        assert.deepEqual(readdirSync(out), ["dev", "prod", "staging"]);
    });

    it("replaces nothing where a file of one of them cannot be written", () => {
        const clash = [
            { path: "plan.json", text: "" },
            { path: "plan.json/b", text: "" },
        ];
        assert.throws(
            () => {
                writeStacks(out, [plan("dev", "new"), { stack: "prod", files: clash }]);
            },
            { code: "EEXIST" },
        );
        assert.deepEqual(held(), holding(plan("dev", "old"), plan("prod", "old"), plan("staging", "old")));
        assert.deepEqual(readdirSync(out), ["dev", "prod", "staging"]);
    });

    it("leaves all as it is where one folder is no plan, and takes an empty one", () => {
        mkdirSync(join(out, "qa"));
        writeFileSync(join(out, "qa", "notes.txt"), "mine");
        const before = held();
        assert.throws(
            () => {
                writeStacks(out, [plan("dev", "new"), plan("qa", "new")]);
            },
            (error) =>
                error instanceof Fault &&
                error.message.startsWith(`${join(out, "qa")} exists and does not contain a plan`),
        );
        assert.deepEqual(held(), before);
        rmSync(join(out, "qa", "notes.txt"));
        writeStacks(out, [plan("qa", "new")]);
        assert.equal(readFileSync(join(out, "qa", "plan.json"), "utf8"), "qa new\n");
    });
});
