import assert from "node:assert/strict";

import { planStack } from "../../../../tools/plan";
import { storageCostLines, storageCosts } from "../../../../tools/plan/review/storage-cost";
import type { PlannedResource } from "../../../../tools/plan/record/types";

const bucket = (steps: readonly (readonly [storageClass: string, age: number])[]): PlannedResource => ({
    urn: "urn:pulumi:test::shop::gcp:storage/bucket:Bucket::archive",
    type: "gcp:storage/bucket:Bucket",
    name: "archive",
    custom: true,
    options: {},
    inputs: {
        lifecycleRules: steps.map(([storageClass, age]) => ({
            action: { type: "SetStorageClass", storageClass },
            condition: { age },
        })),
    },
});

describe("what stored data costs (CO-01)", () => {
    it("is the price of each class for the days that objects lie in it", () => {
        const [cost] = storageCosts([bucket([["NEARLINE", 73]])]);
        // A fifth of the year at 20 USD a TB and month, four fifths at 10.
        assert.equal(cost?.aged.toFixed(6), (12 * (0.2 * 20 + 0.8 * 10)).toFixed(6));
        assert.equal(cost.standard.toFixed(6), (12 * 20).toFixed(6));
    });

    it("does not hang on the order of the rules, and ends with the year", () => {
        const [one] = storageCosts([bucket([["NEARLINE", 7], ["ARCHIVE", 90]])]); // prettier-ignore
        const [other] = storageCosts([bucket([["ARCHIVE", 90], ["NEARLINE", 7], ["COLDLINE", 400]])]); // prettier-ignore
        assert.deepEqual(one, other);
    });

    it("asks for the price of a class that it does not know", () => {
        assert.throws(() => storageCosts([bucket([["TEPID", 7]])]), /no price of TEPID on gcs; add it/);
    });

    it("is left out where nothing moves", () => {
        assert.deepEqual(storageCosts([bucket([])]), []);
    });

    it("is, for the backups of prod, a fifth of what it would be on GCP and a tenth on AWS (ST-07, ST-08)", async () => {
        const lines = async (cloud: string) => {
            const costs = storageCosts((await planStack({ stack: "prod", cloud, checkPolicies: false })).resources);
            return storageCostLines(costs.filter(({ bucket: name }) => name.includes("backup"))).sort();
        };
        const saved = (name: string, aged: number, less: number, standard: number) =>
            `Storage ${name}  ${aged} USD per TB in the first year, ${less} % less than without lifecycle rules (${standard} USD)`;
        // 7 days at 20, 83 at 10 and 275 at 1.2 USD a month; 7 at 23, 83 at 4 and 275 at 0.99.
        assert.deepEqual(await lines("gcp"), [saved("storage-buckets-backup", 43, 82, 240)]);
        assert.deepEqual(await lines("aws"), [
            saved("storage-buckets-copy-backup-lifecycle ", 26, 91, 276),
            saved("storage-buckets-vault-backup-lifecycle", 26, 91, 276),
        ]);
    });
});
