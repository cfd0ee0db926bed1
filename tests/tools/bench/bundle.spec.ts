import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, tsx } from "../../../tools/bench/run";
import { projectRoot } from "../../../tools/plan";

describe("the bundle that the benchmarks load", () => {
    const folder = mkdtempSync(join(tmpdir(), "bundle-"));
    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("loads the whole program from another folder, with the files that layers read", () => {
        const bundle = join(folder, "bundle.js");
        run(tsx("children/bundle.ts", join(projectRoot, "index.ts"), bundle));
        const text = readFileSync(bundle, "utf8");
        assert.doesNotMatch(text, /__dirname/);
        for (const layer of ["cache", "database", "services"]) {
            assert.match(text, new RegExp(`^// components/${layer}/index\\.ts$`, "m"));
        }
        assert.equal(run({ args: [bundle], env: { NODE_PATH: join(projectRoot, "node_modules") } }).stdout, "");
    });
});
