import assert from "node:assert/strict";

import type { JsonObject, PlannedResource } from "../../tools/plan";
import { type GoldenCase, goldenCases } from "../../tools/plan/review/golden/cases";
import { differences } from "../../tools/plan/review/golden/difference";
import { goldenFiles, goldenFolder, parseGolden, readGolden } from "../../tools/plan/review/golden/files";
import { caseName, type Layers, resourcesOf } from "../../tools/plan/review/golden/layers";
import { goldenResources, type Resources } from "../../tools/plan/review/golden/resources";
import { inputTable } from "../../tools/plan/review/golden/shown-inputs";
import { sharedPlan } from "./plans";

async function planned({ stack, cloud }: GoldenCase): Promise<Resources> {
    return goldenResources(stack, (await sharedPlan(stack, cloud)).resources);
}

describe("golden plans", () => {
    const files = readGolden(goldenFolder);
    let reviewed: Layers;

    before(() => {
        reviewed = parseGolden(files);
    });

    for (const one of goldenCases) {
        it(`${one.stack} on ${one.cloud} matches its golden files: base, cloud, stack and its own`, async () => {
            assert.deepEqual(
                differences(resourcesOf(reviewed, one), await planned(one)),
                [],
                `${caseName(one)} differs; if intended, run npm run golden and review the change`,
            );
        });
    }

    it("are the files that npm run golden writes, and there are no others", async () => {
        const cases = await Promise.all(goldenCases.map(async (one) => ({ ...one, resources: await planned(one) })));
        const written = goldenFiles(cases);
        assert.deepEqual([...files.keys()], [...written.keys()].sort());
        for (const [path, text] of written) {
            assert.ok(files.get(path) === text, `${path} is not as npm run golden writes it`);
        }
    });

    it("are three stacks on three clouds and a replica on two", () => {
        assert.deepEqual(goldenCases.map(caseName).sort(), [
            ...["dev-aws", "dev-existing", "dev-gcp", "prod-aws", "prod-dr-aws", "prod-dr-gcp"],
            ...["prod-existing", "prod-gcp", "staging-aws", "staging-existing", "staging-gcp"],
        ]);
    });

    it("show the inputs to review of each type of resource", async () => {
        const plans = await Promise.all(goldenCases.map(({ stack, cloud }) => sharedPlan(stack, cloud)));
        const types = new Set(
            plans.flatMap(({ resources }) => resources.filter(({ custom }) => custom).map(({ type }) => type)),
        );
        const missing = [...types].filter((type) => inputTable[type] === undefined).sort();
        assert.deepEqual(missing, [], "add each of these to tools/plan/review/golden/, with the inputs to review");
    });

    describe("report by name, for one stack alone,", () => {
        const staging = { stack: "staging", cloud: "gcp" };

        /** What is reported of staging on gcp after an edit of its plan; the other stacks' lists do not change. */
        async function report(
            edit: (resources: readonly PlannedResource[]) => readonly PlannedResource[],
        ): Promise<string[]> {
            const { resources } = await sharedPlan(staging.stack, staging.cloud);
            const edited = goldenResources(staging.stack, edit(resources));
            return differences(resourcesOf(reviewed, staging), edited);
        }

        const scaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler inventory-autoscaler";

        it("an input that changed", async () => {
            const lines = await report((resources) =>
                resources.map((resource) =>
                    `${resource.type} ${resource.name}` === scaler
                        ? {
                              ...resource,
                              inputs: { spec: { ...(resource.inputs["spec"] as JsonObject), maxReplicas: 99 } },
                          }
                        : resource,
                ),
            );
            assert.deepEqual(lines, [`~ ${scaler}: maxReplicas was 16, is 99`]);
        });

        it("a resource that was removed", async () => {
            const lines = await report((resources) =>
                resources.filter(({ type, name }) => `${type} ${name}` !== scaler),
            );
            assert.deepEqual(lines, [`- ${scaler}`]);
        });

        it("a resource that was added", async () => {
            const lines = await report((resources) => [
                ...resources,
                {
                    urn: "urn:pulumi:staging::ecommerce-platform::gcp:projects/iAMMember:IAMMember::owner",
                    type: "gcp:projects/iAMMember:IAMMember",
                    name: "owner",
                    custom: true,
                    inputs: { role: "roles/owner", member: "user:a@staging.example.com" },
                    options: {},
                },
            ]);
            assert.deepEqual(lines, [
                "+ gcp:projects/iAMMember:IAMMember owner: " +
                    "{ provider: default, role: roles/owner, member: user:a@<stack>.example.com }",
            ]);
        });
    });
});
