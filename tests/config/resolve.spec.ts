import assert from "node:assert/strict";

import type { CoreConfig } from "../../config/core";
import { ownLabels } from "../../config/labels";
import { cloudNames, tierNames } from "../../config/schema";
import { continents } from "../../config/tiers";
import { resolvedSettings as resolved } from "./stack-file";

describe("the pools of a tier", () => {
    const view = ({ nodePools }: CoreConfig) => ({
        pools: Object.entries(nodePools).map(([name, { min, max }]) => `${name} ${min}-${max}`),
        confidential: Object.entries(nodePools).flatMap(([name, pool]) => (pool.confidential ? [name] : [])),
    });

    const expected = {
        dev: { pools: ["app 3-6", "database 3-3", "cache 3-3", "payment 3-3"], confidential: [] },
        staging: {
            pools: ["app 3-12", "database 3-3", "cache 3-3", "payment 3-3", "spot 0-3"],
            confidential: ["payment"],
        },
        prod: {
            pools: ["app 6-20", "database 4-4", "cache 3-3", "payment 3-3", "spot 0-6"],
            confidential: ["payment"],
        },
    };

    for (const tier of tierNames) {
        for (const cloud of cloudNames) {
            it(`are the same in ${tier} on ${cloud}`, () => {
                assert.deepEqual(view(resolved(tier, cloud)), expected[tier]);
            });
        }
    }

    it("are the stack's own where it says so, key by key", () => {
        const set = { "nodePools.app.max": 30, "nodePools.database.machineType": "c3-standard-8" };
        const { nodePools } = resolved("prod", "gcp", set);
        assert.deepEqual([nodePools.app?.min, nodePools.app?.max], [6, 30]);
        assert.equal(nodePools.database?.machineType, "c3-standard-8");
    });
});

describe("the pools that a stack asks for", () => {
    const one = { min: 1, max: 1, confidential: false };

    it("are one small pool of spot nodes in dev, where the tier has none (CL-12)", () => {
        const { spot } = resolved("dev", "gcp", { "nodePools.spot.enabled": true }).nodePools;
        assert.deepEqual([spot?.min, spot?.max], [0, 3]);
    });

    it("are three of one node in the compact profile, each in its zone (CL-15)", () => {
        assert.deepEqual(resolved("dev", "gcp", { "nodePools.profile": "compact" }).nodePools, {
            frontend: { ...one, machineType: "e2-standard-2", zones: ["us-central1-a"] },
            backend: { ...one, machineType: "e2-standard-4", zones: ["us-central1-b"] },
            data: { ...one, machineType: "e2-standard-8", zones: ["us-central1-c"] },
        });
        const aws = resolved("dev", "aws", { "nodePools.profile": "compact" }).nodePools;
        assert.deepEqual(
            Object.values(aws).map(({ machineType }) => machineType),
            ["m7i.large", "m7i.xlarge", "m7i.2xlarge"],
        );
        assert.deepEqual(resolved("dev", "existing", { "nodePools.profile": "compact" }).nodePools.data, {
            ...one,
            machineType: "",
            zones: [],
        });
    });

    it("have the newest machines where the stack asks for them", () => {
        const machines = (cloud: "gcp" | "aws", profile: string) => {
            const set = { "nodePools.generation": "latest", "nodePools.profile": profile };
            return Object.values(resolved("dev", cloud, set).nodePools).map(({ machineType }) => machineType);
        };
        assert.deepEqual(machines("gcp", "standard"), [
            ...["n4-standard-4", "n4-standard-8", "n4-highmem-2", "c3d-standard-4"],
        ]);
        assert.deepEqual(machines("gcp", "compact"), ["n4-standard-2", "n4-standard-4", "n4-standard-8"]);
        assert.deepEqual(machines("aws", "standard"), ["m8i.xlarge", "m8i.2xlarge", "r8i.large", "m8i.xlarge"]);
        assert.deepEqual(machines("aws", "compact"), ["m8i.large", "m8i.xlarge", "m8i.2xlarge"]);
    });
});

describe("labels and continents", () => {
    it("are the platform's own labels, for stack and tier", () => {
        assert.deepEqual(ownLabels({ stack: "prod-dr", tier: "prod" }), {
            "part-of": "ecommerce-platform",
            "managed-by": "pulumi",
            stack: "prod-dr",
            tier: "prod",
        });
    });

    it("are three continents by the beginning of a region", () => {
        assert.deepEqual(continents, { us: "US", europe: "EU", asia: "ASIA" });
    });
});

describe("the images", () => {
    it("come from their projects until a stack names a mirror", () => {
        const none = { mirror: undefined, requireDigests: false, pins: {} };
        assert.deepEqual(resolved("prod", "gcp").images, none);
        assert.deepEqual(resolved("prod", "gcp", { "images.mirror": "r.example.com" }).images, {
            ...none,
            mirror: "r.example.com",
        });
    });

    it("may run by tag until a stack demands digests, in every tier: the lock that ships has none", () => {
        for (const tier of ["dev", "staging", "prod"] as const) {
            assert.equal(resolved(tier, "gcp").images.requireDigests, false);
            assert.equal(resolved(tier, "gcp", { "images.requireDigests": true }).images.requireDigests, true);
        }
    });
});

describe("clouds", () => {
    const view = ({ account, region, zones, nodePools, dedicatedPools }: CoreConfig) => ({
        account,
        region,
        zones,
        machines: Object.values(nodePools).map(({ machineType }) => machineType),
        dedicatedPools,
    });

    it("gcp has its defaults", () => {
        assert.deepEqual(view(resolved("prod", "gcp")), {
            account: "shop-test-1234",
            region: "us-central1",
            zones: ["us-central1-a", "us-central1-b", "us-central1-c"],
            machines: ["e2-standard-4", "c2-standard-8", "n2-highmem-2", "n2d-standard-4", "e2-standard-4"],
            dedicatedPools: true,
        });
    });

    it("aws has its defaults", () => {
        assert.deepEqual(view(resolved("prod", "aws")), {
            account: "123456789012",
            region: "us-east-1",
            zones: ["use1-az1", "use1-az2", "use1-az4"],
            machines: ["m7i.xlarge", "m7i.2xlarge", "r7i.large", "m7i.xlarge", "m7i.xlarge"],
            dedicatedPools: true,
        });
    });

    it("dedicates pools on a cloud of ours, whatever is said of an existing cluster", () => {
        const shared = { "existing.dedicatedPools": false };
        assert.equal(resolved("dev", "gcp", shared).dedicatedPools, true);
        assert.equal(resolved("dev", "existing", shared).dedicatedPools, false);
    });

    it("an existing cluster has no place and no machines of ours", () => {
        assert.deepEqual(view(resolved("prod", "existing")), {
            account: "",
            region: "",
            zones: [],
            machines: ["", "", "", "", ""],
            dedicatedPools: true,
        });
    });
});
