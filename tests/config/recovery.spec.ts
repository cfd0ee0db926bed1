import assert from "node:assert/strict";

import type { CoreConfig } from "../../config/core";
import { resolvedSettings as resolved } from "./stack-file";

describe("the second region", () => {
    const view = ({ role, region, drRegion, zones }: CoreConfig) => ({ role, region, drRegion, firstZone: zones[0] });
    const replicas = {
        gcp: { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" },
        aws: { "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" },
    };

    it("is the other one of the usual pair for a primary (CL-18, BK-04)", () => {
        assert.deepEqual(view(resolved("prod", "gcp")), {
            role: "primary",
            region: "us-central1",
            drRegion: "us-east1",
            firstZone: "us-central1-a",
        });
        assert.deepEqual(view(resolved("prod", "aws")), {
            role: "primary",
            region: "us-east-1",
            drRegion: "us-west-2",
            firstZone: "use1-az1",
        });
    });

    it("is where a replica runs, on pools of the primary's sizes (CL-18)", () => {
        assert.deepEqual(view(resolved("prod", "gcp", replicas.gcp)), {
            role: "replica",
            region: "us-east1",
            drRegion: "us-central1",
            firstZone: "us-east1-b",
        });
        assert.deepEqual(view(resolved("prod", "aws", replicas.aws)), {
            role: "replica",
            region: "us-west-2",
            drRegion: "us-east-1",
            firstZone: "usw2-az1",
        });
        const sizes = ({ nodePools }: CoreConfig) =>
            Object.entries(nodePools).map(([name, { min, max, machineType }]) => [name, min, max, machineType]);
        assert.deepEqual(sizes(resolved("prod", "gcp", replicas.gcp)), sizes(resolved("prod", "gcp")));
    });

    it("is where a promoted replica stays, with the zones that it has (CL-18)", () => {
        for (const cloud of ["gcp", "aws"] as const) {
            const promoted = { ...replicas[cloud], "recovery.role": "primary", "recovery.replicaOf": undefined };
            const [before, after] = [resolved("prod", cloud, replicas[cloud]), resolved("prod", cloud, promoted)];
            assert.deepEqual([after.region, after.zones], [before.region, before.zones]);
        }
    });

    it("is the first one of the usual pair where the stack runs in the second (CL-18)", () => {
        const set = { "aws.region": "us-west-2", "aws.zones": ["usw2-az1", "usw2-az2", "usw2-az3"] };
        assert.equal(resolved("prod", "aws", set).drRegion, "us-east-1");
    });
});
