import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

import type { Plan } from "../../tools/plan";
import { readUrns, urnCases, urnPath, urnText } from "../../tools/plan/review/urns/files";
import { type UrnChanges, urnChanges } from "../../tools/plan/review/urns/record";
import { sharedPlan } from "./plans";

const command = "npm run golden -- --urns";

function changes(stack: string, cloud: string, { resources }: Pick<Plan, "resources">): UrnChanges {
    return urnChanges(readUrns(cloud).get(stack) ?? new Set(), resources);
}

describe("recorded URNs", () => {
    for (const { stack, cloud } of urnCases) {
        it(`of ${stack} on ${cloud} are in the plan, by URN or alias`, async () => {
            const { lost, added } = changes(stack, cloud, await sharedPlan(stack, cloud));
            assert.deepEqual(
                lost,
                [],
                "an update would delete these; add aliases to the resources that replace them, " +
                    `or, if the deletion is intended, run ${command}`,
            );
            assert.deepEqual(added, [], `these are not recorded; run ${command}`);
        });
    }

    it(`are the files that ${command} writes, and there are no others`, async () => {
        const clouds = [...new Set(urnCases.map(({ cloud }) => cloud))];
        assert.deepEqual(readdirSync(dirname(urnPath("gcp"))).sort(), clouds.map((cloud) => `${cloud}.txt`).sort());
        for (const cloud of clouds) {
            const stacks = urnCases.filter((one) => one.cloud === cloud).map(({ stack }) => stack);
            const next = stacks.map(
                async (stack) => [stack, changes(stack, cloud, await sharedPlan(stack, cloud)).next] as const,
            );
            const text = urnText(new Map(await Promise.all(next)));
            assert.ok(
                readFileSync(urnPath(cloud), "utf8") === text,
                `${cloud}.txt differs from the output of ${command}`,
            );
        }
    });

    it("report resources that are missing in one stack only", async () => {
        const { resources } = await sharedPlan("prod", "gcp");
        const { lost, added } = changes("prod", "gcp", { resources: resources.filter(({ name }) => name !== "user") });
        assert.deepEqual(added, []);
        assert.deepEqual(
            lost.map((urn) => urn.split(/[$:]/).slice(-3).join(":")),
            resources
                .filter(({ name }) => name === "user")
                .map(({ urn }) => urn.split(/[$:]/).slice(-3).join(":"))
                .sort(),
        );
    });
});
