import assert from "node:assert/strict";

import { workloads } from "../../../catalog/workloads";
import { type ReplicaBounds, replicaBounds, servicesConfig } from "../../../components/services/config";
import { type Cloud, cloudNames, type Tier, tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { servicesGood } from "./good";
import { servicesMistakes } from "./mistakes";

describePart(servicesConfig, servicesMistakes, servicesGood);

const bounds = (min: number, max: number): ReplicaBounds => ({ min, max });

describe("replicas by tier", () => {
    // AS-01 to AS-04, EN-01 to EN-03: dev one each, staging at least two, prod the catalogue's.
    const table: Readonly<Record<keyof typeof workloads, Readonly<Record<Tier, ReplicaBounds>>>> = {
        frontend: { dev: bounds(1, 1), staging: bounds(2, 12), prod: bounds(3, 12) },
        gateway: { dev: bounds(1, 1), staging: bounds(2, 30), prod: bounds(2, 30) },
        admin: { dev: bounds(1, 1), staging: bounds(2, 4), prod: bounds(2, 4) },
        user: { dev: bounds(1, 1), staging: bounds(2, 12), prod: bounds(3, 12) },
        product: { dev: bounds(1, 1), staging: bounds(2, 20), prod: bounds(5, 20) },
        order: { dev: bounds(1, 1), staging: bounds(2, 15), prod: bounds(3, 15) },
        payment: { dev: bounds(1, 1), staging: bounds(2, 8), prod: bounds(2, 8) },
        inventory: { dev: bounds(1, 1), staging: bounds(2, 16), prod: bounds(4, 16) },
        notification: { dev: bounds(1, 1), staging: bounds(2, 8), prod: bounds(2, 8) },
    };

    for (const tier of tierNames) {
        it(`are exact in ${tier}`, () => {
            const config = resolved(tier, "gcp");
            const found = Object.entries(workloads).map(([name, { scaling }]) => [
                name,
                replicaBounds(config, name, scaling),
            ]);
            const expected = Object.entries(table).map(([name, row]) => [name, row[tier]]);
            assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
        });
    }

    it("are the stack's where it sets them", () => {
        const { scaling } = workloads.order;
        const dev = resolved("dev", "gcp", { "services.order.replicas": 4 });
        assert.deepEqual(replicaBounds(dev, "order", scaling), bounds(4, 4));
        const fewest = resolved("staging", "gcp", { "services.order.minReplicas": 5 });
        assert.deepEqual(replicaBounds(fewest, "order", scaling), bounds(5, 15));
        const both = { "services.order.minReplicas": 6, "services.order.maxReplicas": 30 };
        assert.deepEqual(replicaBounds(resolved("prod", "aws", both), "order", scaling), bounds(6, 30));
        assert.deepEqual(replicaBounds(resolved("prod", "aws", both), "user", workloads.user.scaling), bounds(3, 12));
    });
});

describe("the load that a stack is prepared for (AS-08, AS-12)", () => {
    const maxima = (tier: Tier, profile: string, set: Record<string, unknown> = {}) => {
        const config = resolved(tier, "gcp", { "load.profile": profile, ...set });
        return Object.entries(workloads).map(([name, { scaling }]) => replicaBounds(config, name, scaling).max);
    };
    // In the catalogue's order; the work of the minimum replicas at 40 %, times 10 at 90 %, and times 25 at 95 %.
    const [normal, flashSale, blackFriday] = [
        [12, 30, 4, 12, 20, 15, 8, 16, 8],
        [14, 30, 4, 14, 23, 30, 9, 18, 9],
        [32, 30, 4, 32, 53, 32, 22, 43, 22],
    ];

    it("sets the maximum of each service, in staging as in prod", () => {
        assert.deepEqual(Object.keys(workloads).slice(0, 6), [
            "frontend",
            "gateway",
            "admin",
            "user",
            "product",
            "order",
        ]);
        for (const tier of ["staging", "prod"] as const) {
            assert.deepEqual(maxima(tier, "normal"), normal);
            assert.deepEqual(maxima(tier, "flashSale"), flashSale);
            assert.deepEqual(maxima(tier, "blackFriday"), blackFriday);
        }
    });

    it("does not change minima, and gives way to the stack's own maximum", () => {
        const set = { "load.profile": "blackFriday", "services.order.maxReplicas": 40 };
        assert.deepEqual(replicaBounds(resolved("prod", "gcp", set), "order", workloads.order.scaling), bounds(3, 40));
    });

    it("sets how many products are kept in the cache, unless the stack does", () => {
        const products = (tier: Tier, set: Record<string, unknown>) =>
            resolved(tier, "gcp", set).jobs.cacheWarm.products;
        assert.deepEqual(
            ["normal", "flashSale", "blackFriday"].map((profile) => [
                products("staging", { "load.profile": profile }),
                products("prod", { "load.profile": profile }),
            ]),
            [
                [100, 500],
                [400, 2000],
                [1000, 5000],
            ],
        );
        assert.equal(products("prod", { "load.profile": "flashSale", "jobs.cacheWarm.products": 700 }), 700);
        assert.deepEqual([products("prod", {}), products("dev", {})], [500, 20]);
    });
});

describe("the tier's defaults for services (EN-01 to EN-03)", () => {
    const expected = {
        dev: {
            replicas: { autoscale: false, floor: 1 },
            resources: { cpuRequest: "100m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
            spread: "preferred",
        },
        staging: {
            replicas: { autoscale: true, floor: 2 },
            resources: { cpuRequest: "250m", cpuLimit: "1", memoryRequest: "512Mi", memoryLimit: "1Gi" },
            spread: "required",
        },
        prod: {
            replicas: { autoscale: true, floor: 0 },
            resources: { cpuRequest: "500m", cpuLimit: "2", memoryRequest: "1Gi", memoryLimit: "2Gi" },
            spread: "required",
        },
    };

    for (const tier of tierNames) {
        for (const cloud of cloudNames) {
            it(`are the same for ${tier} on ${cloud}`, () => {
                const { replicas, resources, spread } = resolved(tier, cloud);
                assert.deepEqual({ replicas, resources, spread }, expected[tier]);
            });
        }
    }

    it("are overridden by the stack file, key by key", () => {
        const image = "order@sha256:".padEnd(77, "0");
        const config = resolved("prod", "gcp", { "resources.cpuRequest": "1", "services.order.image": image });
        assert.deepEqual([config.resources.cpuRequest, config.resources.cpuLimit], ["1", "2"]);
        assert.deepEqual(config.services, { order: { image } });
        assert.equal(resolved("dev", "gcp", { "scheduling.spread": "required" }).spread, "required");
    });

    it("are zero replicas in a replica (CL-18)", () => {
        const set = { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" };
        const replica = resolved("prod", "gcp", set);
        assert.deepEqual(replica.replicas, { autoscale: false, floor: 0 });
        assert.deepEqual(replicaBounds(replica, "order", workloads.order.scaling), bounds(0, 0));
    });
});

describe("the compact profile's replicas", () => {
    const compact = { "nodePools.profile": "compact" };
    const frontend = (tier: Tier, cloud: Cloud, set: Record<string, unknown>) =>
        replicaBounds(resolved(tier, cloud, set), "frontend", workloads.frontend.scaling).min;

    it("are two of the frontend, unless the stack or its role sets otherwise (CL-15)", () => {
        assert.equal(frontend("dev", "gcp", compact), 2);
        assert.equal(frontend("dev", "gcp", {}), 1);
        assert.equal(frontend("dev", "aws", { ...compact, "services.frontend.replicas": 3 }), 3);
        const replica = { "recovery.role": "replica", "recovery.replicaOf": "prod", "gcp.region": "us-east1" };
        assert.equal(frontend("dev", "gcp", { ...compact, ...replica }), 0);
    });

    it("do not change the stack's other settings of the service", () => {
        const set = { ...compact, "services.frontend.image": "registry.example.com/shop/frontend:1.4.2" };
        assert.deepEqual(resolved("dev", "existing", set).services, {
            frontend: { replicas: 2, image: "registry.example.com/shop/frontend:1.4.2" },
        });
    });
});
