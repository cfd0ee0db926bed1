import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./project";

interface Step {
    readonly path: string;
    /** Text that the file must contain. */
    readonly identifier: string;
}

const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const section = /^## Where to change what$([\s\S]*?)^## /m.exec(text)?.[1] ?? "";

/** The numbered steps of each task, by its heading. */
const tasks = section
    .split(/^### /m)
    .slice(1)
    .map((task) => ({
        title: task.split("\n")[0] ?? "",
        steps: task.split("\n").filter((line) => /^\d\. /.test(line)),
    }));

function parseStep(line: string): Step {
    const [, path = "", target = "", identifier = ""] = /^\d\. \[([^\]]+)\]\(([^)]+)\), `([^`]+)`: ./.exec(line) ?? [];
    assert.equal(path, target, `${line}: expected "[path](path), \`identifier\`: description"`);
    assert.notEqual(identifier, "", line);
    return { path, identifier };
}

describe("CONTRIBUTING.md's common tasks", () => {
    it("are these five", () => {
        assert.deepEqual(
            tasks.map(({ title }) => title),
            [
                "Add a service",
                "Add a store",
                "Add a policy",
                "Change GKE's maintenance window",
                "Find why a NetworkPolicy allows a connection",
            ],
        );
    });

    for (const { title, steps } of tasks) {
        it(`${title}: at most three files, each with its identifier`, () => {
            assert.ok(steps.length >= 1 && steps.length <= 3, `${steps.length} steps`);
            for (const { path, identifier } of steps.map(parseStep)) {
                assert.ok(existsSync(join(root, path)), `${path} does not exist`);
                const escaped = identifier.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
                const found = new RegExp(`\\b${escaped}\\b`).test(readFileSync(join(root, path), "utf8"));
                assert.ok(found, `${path} does not contain ${identifier}`);
            }
        });
    }
});
