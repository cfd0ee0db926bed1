import assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { platformConfig, type Settings } from "../../components/platform-config";
import type { KeyOwner, Rule } from "../../config/part";
import { type GoodExample, linesOf, type Mistake, settingsOf, shippedSettings } from "./stack-file";

/** What a rule says of settings that the schema takes; undefined for others. */
function problemCount(rule: Rule, stack: string, raw: Record<string, unknown>): number | undefined {
    const { success, data } = platformConfig.schema.safeParse(raw);
    const settings = data as Settings;
    return success ? rule({ settings, config: platformConfig.resolve(stack, settings), workloads }).length : undefined;
}

/**
 * Tests the keys and the rules of a part: the exact line of each mistake, that the good examples have none, and that
 * each rule finds one of the mistakes and none in any good stack file.
 */
export function describePart(part: KeyOwner, mistakes: readonly Mistake[], good: readonly GoodExample[]): void {
    describe(`the keys of ${part.name}`, () => {
        it("have examples with names of their own", () => {
            const names = [...mistakes, ...good].map(({ what, base }) => `${what} (${base})`);
            assert.deepEqual(names, [...new Set(names)]);
            assert.ok(mistakes.length > 0 && good.length > 0);
        });

        for (const mistake of mistakes) {
            it(`mistake: ${mistake.what} (${mistake.base})`, () => {
                assert.deepEqual(linesOf(settingsOf(mistake)), [mistake.line]);
            });
        }

        for (const example of good) {
            it(`good: ${example.what} (${example.base})`, () => {
                assert.deepEqual(linesOf(settingsOf(example)), []);
            });
        }

        for (const [index, rule] of (part.rules as readonly Rule[]).entries()) {
            it(`rule ${index}, ${rule.name}, finds a mistake and nothing in a good stack file`, () => {
                const found = mistakes.map((mistake) => problemCount(rule, "test", settingsOf(mistake)));
                assert.ok(
                    found.some((count) => count !== undefined && count > 0),
                    "finds nothing",
                );
                for (const example of good) {
                    assert.equal(problemCount(rule, "test", settingsOf(example)), 0, example.what);
                }
                for (const { stack, cloud, settings } of shippedSettings) {
                    assert.equal(problemCount(rule, stack, settings), 0, `${stack} on ${cloud}`);
                }
            });
        }
    });
}
