import assert from "node:assert/strict";

import type { NamespaceName } from "../../catalog/types";
import { compactPools, homePool, profileNames, usesKarpenter, volumePools } from "../../config/profiles";

describe("the pool of a workload (CL-04 to CL-07, CL-15)", () => {
    it("is its own in the standard profile, else app", () => {
        assert.equal(homePool("standard", { namespace: "frontend" }), "app");
        assert.equal(homePool("standard", { namespace: "data", pool: "database" }), "database");
    });

    it("follows its namespace in the compact profile, whatever pool it asks for", () => {
        const expected: Readonly<Partial<Record<NamespaceName, string>>> = {
            frontend: "frontend",
            ingress: "frontend",
            data: "data",
            cache: "data",
            messaging: "data",
            services: "backend",
            monitoring: "backend",
            security: "backend",
        };
        for (const [namespace, pool] of Object.entries(expected)) {
            const workload = { namespace: namespace as NamespaceName, pool: "payment" } as const;
            assert.equal(homePool("compact", workload), pool, namespace);
        }
        assert.deepEqual(
            [profileNames, compactPools],
            [
                ["standard", "compact"],
                ["frontend", "backend", "data"],
            ],
        );
    });
});

describe("what else depends on the profile", () => {
    it("is the pools that volumes are attached in (ST-01)", () => {
        assert.deepEqual(volumePools("standard"), { fast: "database", standard: "app" });
        assert.deepEqual(volumePools("compact"), { fast: "data", standard: "backend" });
    });

    it("is Karpenter, which runs on AWS in the standard profile only (CL-03, CL-15)", () => {
        const uses = ["gcp", "aws", "existing"].map((cloud) =>
            profileNames.map((profile) => usesKarpenter({ cloud, profile })),
        );
        assert.deepEqual(uses, [
            [false, false],
            [true, false],
            [false, false],
        ]);
    });
});
