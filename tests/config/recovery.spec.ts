import assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { type PlatformConfig, replicaBounds } from "../../config/resolve";
import type { Cloud, Tier } from "../../config/schema";
import { resolvedSettings as resolved } from "./mistakes/types";

describe("the second region", () => {
    const view = ({ role, region, drRegion, zones, replicateBackups, headroomPercent, replicas }: PlatformConfig) => ({
        role,
        region,
        drRegion,
        firstZone: zones[0],
        replicateBackups,
        headroomPercent,
        replicas,
    });
    const replicas = {
        gcp: { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" },
        aws: { "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" },
    };

    it("keeps the primary's copies (CL-18, BK-04)", () => {
        const first = { role: "primary", replicateBackups: true, headroomPercent: 20 };
        const scaled = { autoscale: true, floor: 0 };
        assert.deepEqual(view(resolved("prod", "gcp")), {
            ...first,
            replicas: scaled,
            region: "us-central1",
            drRegion: "us-east1",
            firstZone: "us-central1-a",
        });
        assert.deepEqual(view(resolved("prod", "aws")), {
            ...first,
            replicas: scaled,
            region: "us-east-1",
            drRegion: "us-west-2",
            firstZone: "us-east-1a",
        });
        assert.equal(resolved("dev", "gcp").replicateBackups, false);
        assert.equal(resolved("dev", "gcp").headroomPercent, 0);
    });

    it("is where a replica runs, without a pod of the shop (CL-18)", () => {
        const second = { role: "replica", replicateBackups: false, headroomPercent: 0 };
        const none = { autoscale: false, floor: 0 };
        assert.deepEqual(view(resolved("prod", "gcp", replicas.gcp)), {
            ...second,
            replicas: none,
            region: "us-east1",
            drRegion: "us-central1",
            firstZone: "us-east1-b",
        });
        assert.deepEqual(view(resolved("prod", "aws", replicas.aws)), {
            ...second,
            replicas: none,
            region: "us-west-2",
            drRegion: "us-east-1",
            firstZone: "us-west-2a",
        });
        const sizes = ({ nodePools }: PlatformConfig) =>
            Object.entries(nodePools).map(([name, { min, max, machineType }]) => [name, min, max, machineType]);
        assert.deepEqual(sizes(resolved("prod", "gcp", replicas.gcp)), sizes(resolved("prod", "gcp")));
        assert.deepEqual(replicaBounds(resolved("prod", "gcp", replicas.gcp), "order", workloads.order.scaling), {
            min: 0,
            max: 0,
        });
    });

    it("is where a promoted replica stays, with the zones that it has (CL-18)", () => {
        for (const cloud of ["gcp", "aws"] as const) {
            const promoted = { ...replicas[cloud], "recovery.role": "primary", "recovery.replicaOf": undefined };
            const [before, after] = [resolved("prod", cloud, replicas[cloud]), resolved("prod", cloud, promoted)];
            assert.deepEqual([after.region, after.zones], [before.region, before.zones]);
        }
    });

    it("is the other one of the usual pair where the stack runs in the second (CL-18)", () => {
        const set = { "aws.region": "us-west-2", "aws.zones": ["us-west-2a", "us-west-2b", "us-west-2c"] };
        assert.equal(resolved("prod", "aws", set).drRegion, "us-east-1");
    });
});

describe("the compact profile's replicas", () => {
    const compact = { "nodePools.profile": "compact" };
    const frontend = (tier: Tier, cloud: Cloud, set: Record<string, unknown>) =>
        replicaBounds(resolved(tier, cloud, set), "frontend", workloads.frontend.scaling).min;

    it("are two of the frontend, unless the stack or its role says otherwise (CL-15)", () => {
        assert.equal(frontend("dev", "gcp", compact), 2);
        assert.equal(frontend("dev", "gcp", {}), 1);
        assert.equal(frontend("dev", "aws", { ...compact, "services.frontend.replicas": 3 }), 3);
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" };
        assert.equal(frontend("dev", "gcp", { ...compact, ...replica }), 0);
    });

    it("leave the stack's other settings of the service alone", () => {
        const set = { ...compact, "services.frontend.image": "registry.example.com/shop/frontend:1.4.2" };
        assert.deepEqual(resolved("dev", "existing", set).services, {
            frontend: { replicas: 2, image: "registry.example.com/shop/frontend:1.4.2" },
        });
    });
});
