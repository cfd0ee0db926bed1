import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeStacks } from "../../../../tools/plan/render/write";

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
