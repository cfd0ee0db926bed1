import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname } from "node:path";

import { inputTable } from "../../tools/plan/review/golden/shown-inputs";
import { goldenCases, goldenPath, goldenText } from "../../tools/plan/review/golden/golden-plan";
import { sharedPlan } from "./plans";

/** The lines that one text has and the other has not, as a diff marks them. */
function difference(expected: string, actual: string): string[] {
    const [before, after] = [new Set(expected.split(/,?\n/)), new Set(actual.split(/,?\n/))];
    return [
        ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
        ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
    ];
}

describe("golden plans", () => {
    for (const { stack, cloud } of goldenCases) {
        it(`${stack} on ${cloud} is as reviewed`, async () => {
            const path = goldenPath(stack, cloud);
            assert.ok(existsSync(path), `${basename(path)} is missing: run npm run golden and review it`);
            const expected = readFileSync(path, "utf8");
            const actual = goldenText(await sharedPlan(stack, cloud));
            assert.ok(
                actual === expected,
                `${basename(path)} differs; if that is meant, run npm run golden and review the change:\n` +
                    difference(expected, actual).join("\n"),
            );
        });
    }

    it("are three stacks on three clouds and a replica on two, and nothing else lies beside them", () => {
        const files = goldenCases.map(({ stack, cloud }) => basename(goldenPath(stack, cloud)));
        assert.equal(files.length, 11);
        assert.deepEqual(readdirSync(dirname(goldenPath("dev", "gcp"))).sort(), files.sort());
    });

    it("say of each type of resource what is worth a review", async () => {
        const plans = await Promise.all(goldenCases.map(({ stack, cloud }) => sharedPlan(stack, cloud)));
        const types = new Set(
            plans.flatMap(({ resources }) => resources.filter(({ custom }) => custom).map(({ type }) => type)),
        );
        const missing = [...types].filter((type) => inputTable[type] === undefined).sort();
        assert.deepEqual(
            missing,
            [],
            "add each of these to tools/plan/review/golden/, with the inputs that a reviewer must see",
        );
    });
});
