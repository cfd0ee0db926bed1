import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { Workloads } from "../../catalog/types";
import { workloads } from "../../catalog/workloads";
import { resolve } from "../../config/resolve";
import { rules } from "../../config/rules";
import { type Cloud, cloudNames, schema } from "../../config/schema";
import { keyPrefix, validate } from "../../config/validate";
import { auditMistakes } from "./mistakes/audit";
import { clusterMistakes } from "./mistakes/cluster";
import { networkMistakes } from "./mistakes/network";
import { goodExamples as good } from "./good-examples";
import { labelMistakes } from "./mistakes/labels";
import { recoveryMistakes } from "./mistakes/recovery";
import { serviceMistakes } from "./mistakes/service";
import { shapeMistakes } from "./mistakes/shape";
import { linesOf, settingsOf } from "./mistakes/types";

const root = join(__dirname, "../..");

/** The keys of a shipped stack file, without the project's prefix. */
function shipped(stack: string): Record<string, unknown> {
    const file = parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> };
    return Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key.slice(keyPrefix.length), value]));
}
describe("good stack files", () => {
    const stacks = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

    it("are the five that are shipped", () => {
        assert.deepEqual(stacks.sort(), ["dev", "local", "prod", "prod-dr", "staging"]);
    });

    // A replica has a region, which a cluster that exists has not.
    const own: Readonly<Record<string, readonly Cloud[]>> = { local: ["existing"], "prod-dr": ["gcp", "aws"] };
    const clouds = (stack: string): readonly Cloud[] => own[stack] ?? cloudNames;
    const cases = stacks.flatMap((stack) => clouds(stack).map((cloud) => ({ stack, cloud })));

    it("are twelve with each cloud that they name", () => {
        assert.equal(cases.length, 12);
    });

    for (const { stack, cloud } of cases) {
        it(`Pulumi.${stack}.yaml is one on ${cloud}`, () => {
            const { config, problems } = validate(stack, { ...shipped(stack), cloud }, workloads);
            assert.deepEqual(problems, undefined);
            assert.deepEqual([config.stack, config.cloud], [stack, cloud]);
        });
    }

    for (const entry of good) {
        it(`${entry.what} (${entry.base})`, () => {
            assert.deepEqual(linesOf(settingsOf(entry)), []);
        });
    }

    it("need no payment pool where no service asks for it", () => {
        const others = Object.fromEntries(Object.entries(workloads).filter(([name]) => name !== "payment"));
        const set = { "nodePools.payment.enabled": false };
        const { config } = validate("test", settingsOf({ base: "dev/gcp", set }), others satisfies Workloads);
        assert.deepEqual(Object.keys(config?.nodePools ?? {}), ["app", "database", "cache"]);
    });

    it("make no rule speak, one by one", () => {
        for (const { stack, cloud } of cases) {
            const { config } = validate(stack, { ...shipped(stack), cloud }, workloads);
            assert.ok(config);
            for (const rule of rules) {
                const settings = { ...shipped(stack), cloud } as Parameters<typeof rule>[0]["settings"];
                assert.deepEqual(rule({ settings, config, workloads }), []);
            }
        }
    });

    it("are told from bad ones by every rule: each speaks of some mistake", () => {
        const mistakes = [
            ...clusterMistakes,
            ...networkMistakes,
            ...auditMistakes,
            ...labelMistakes,
            ...recoveryMistakes,
            ...serviceMistakes,
            ...shapeMistakes,
        ];
        const sound = mistakes.map(settingsOf).filter((settings) => schema.safeParse(settings).success);
        for (const [index, rule] of rules.entries()) {
            const fires = sound.some((raw) => {
                const settings = schema.parse(raw);
                return rule({ settings, config: resolve("test", settings), workloads }).length > 0;
            });
            assert.ok(fires, `rule ${index} never fires: ${rule.toString().slice(0, 80)}`);
        }
    });
});
