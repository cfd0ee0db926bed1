import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../../../tools/plan";
import type { QuotaNeed } from "../../../../tools/preflight/quotas/demand";
import { quotaLines, quotaNeeds, quotaTable } from "../../../../tools/preflight/quotas/report";

const need = (quota: string, unit: QuotaNeed["unit"], running: number, updating: number): QuotaNeed => ({
    quota,
    unit,
    running,
    updating,
});

/** Pools at their maximum, 100 GB each: app, cache, two for the database, payment and spot. An update adds a node to each. */
const gcp = [
    need("C2_CPUS", "vCPU", 32, 48),
    need("CPUS", "vCPU", 80, 84),
    need("N2D_CPUS", "vCPU", 12, 16),
    need("N2_CPUS", "vCPU", 6, 8),
    need("PREEMPTIBLE_CPUS", "vCPU", 24, 28),
    need("SSD_TOTAL_GB", "GB", 3600, 4200),
    need("IN_USE_ADDRESSES", "addresses", 5, 6),
];
const aws = [
    need("All Standard Spot Instance Requests (L-34B43A08)", "vCPU", 24, 24),
    need("Running On-Demand Standard instances (L-1216C47A)", "vCPU", 130, 238),
    need("Storage for General Purpose SSD (gp3) volumes (L-7A658B76)", "GB", 3600, 6000),
    need("EC2-VPC Elastic IPs (L-0263D0A3)", "addresses", 3, 3),
];

describe("the quotas that a stack needs", () => {
    it("are these for prod", async () => {
        assert.deepEqual(await quotaNeeds("prod", "gcp"), gcp);
        assert.deepEqual(await quotaNeeds("prod", "aws"), aws);
    });

    it("are none on an existing cluster", async () => {
        assert.deepEqual(await quotaNeeds("local"), []);
    });

    it("are printed as a table", async () => {
        assert.deepEqual(quotaTable([need("C2_CPUS", "vCPU", 32, 40)]), [
            "| Quota of the region | Unit | Running | During an update |",
            "| ------------------- | ---- | ------- | ---------------- |",
            "| C2_CPUS             | vCPU | 32      | 40               |",
        ]);
        const [title, ...table] = await quotaLines("prod");
        assert.equal(
            title,
            "Quotas that prod needs, computed from its plan, without volumes of pods and addresses of load balancers:",
        );
        assert.deepEqual(table, quotaTable(gcp));
    });

    it("are in docs/clusters.md for prod on both clouds", async () => {
        const text = readFileSync(join(projectRoot, "docs", "clusters.md"), "utf8");
        for (const cloud of ["gcp", "aws"]) {
            const table = quotaTable(await quotaNeeds("prod", cloud)).join("\n");
            assert.ok(text.includes(`\n\n${table}\n\n`), `docs/clusters.md has no such table:\n${table}`);
        }
    });
});
