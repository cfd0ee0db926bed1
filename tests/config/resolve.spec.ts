import assert from "node:assert/strict";

import { workloads } from "../../catalog/workloads";
import { type PlatformConfig, type ReplicaBounds, replicaBounds } from "../../config/resolve";
import { cloudNames, type Tier, tierNames } from "../../config/schema";
import { resolvedSettings as resolved } from "./mistakes/types";

const bounds = (min: number, max: number): ReplicaBounds => ({ min, max });

describe("replicas by tier", () => {
    // AS-01 to AS-04, EN-01 to EN-03: dev one each, staging from two, prod the catalogue's own.
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

    it("are the stack's own where it says so", () => {
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

describe("tiers", () => {
    const view = ({ replicas, resources, spread, cluster, network, nodePools }: PlatformConfig) => ({
        replicas,
        limits: [resources.cpuLimit, resources.memoryLimit],
        requests: [resources.cpuRequest, resources.memoryRequest],
        pools: Object.entries(nodePools).map(([name, { min, max }]) => `${name} ${min}-${max}`),
        spread,
        privateEndpoint: cluster.privateEndpoint,
        deletionProtection: cluster.deletionProtection,
        natPerZone: network.natPerZone,
        confidential: Object.entries(nodePools).flatMap(([name, pool]) => (pool.confidential ? [name] : [])),
    });

    it("bring the vertical autoscaler to prod alone (AS-09)", () => {
        const view = tierNames.map((tier) => resolved(tier, "aws").verticalAutoscaler);
        assert.deepEqual(view, [false, false, true]);
    });

    it("take charts and images from their projects until a stack says otherwise", () => {
        const { charts, images } = resolved("prod", "gcp");
        assert.deepEqual([charts, images], [{ source: undefined }, { mirror: undefined }]);
        const own = resolved("prod", "gcp", { "charts.source": "./charts", "images.mirror": "r.example.com" });
        assert.deepEqual([own.charts, own.images], [{ source: "./charts" }, { mirror: "r.example.com" }]);
    });

    const expected = {
        dev: {
            replicas: { autoscale: false, floor: 1 },
            limits: ["500m", "512Mi"],
            requests: ["100m", "256Mi"],
            pools: ["app 3-6", "database 3-3", "cache 3-3", "payment 3-3"],
            spread: "preferred",
            privateEndpoint: false,
            deletionProtection: false,
            natPerZone: false,
            confidential: [],
        },
        staging: {
            replicas: { autoscale: true, floor: 2 },
            limits: ["1", "1Gi"],
            requests: ["250m", "512Mi"],
            pools: ["app 3-12", "database 3-3", "cache 3-3", "payment 3-3", "spot 0-3"],
            spread: "required",
            privateEndpoint: false,
            deletionProtection: false,
            natPerZone: false,
            confidential: ["payment"],
        },
        prod: {
            replicas: { autoscale: true, floor: 0 },
            limits: ["2", "2Gi"],
            requests: ["500m", "1Gi"],
            pools: ["app 6-20", "database 4-4", "cache 3-3", "payment 3-3", "spot 0-6"],
            spread: "required",
            privateEndpoint: true,
            deletionProtection: true,
            natPerZone: true,
            confidential: ["payment"],
        },
    };

    for (const tier of tierNames) {
        for (const cloud of cloudNames) {
            it(`${tier} means the same on ${cloud}`, () => {
                assert.deepEqual(view(resolved(tier, cloud)), expected[tier]);
            });
        }
    }
});

describe("clouds", () => {
    const view = ({ account, region, zones, network, nodePools, dedicatedPools }: PlatformConfig) => ({
        account,
        region,
        zones,
        ranges: [network.nodes, network.pods, network.services, network.controlPlane],
        machines: Object.values(nodePools).map(({ machineType }) => machineType),
        dedicatedPools,
    });

    it("gcp has its defaults", () => {
        assert.deepEqual(view(resolved("prod", "gcp")), {
            account: "shop-test-1234",
            region: "us-central1",
            zones: ["us-central1-a", "us-central1-b", "us-central1-c"],
            ranges: ["10.40.0.0/20", "10.44.0.0/14", "10.48.0.0/20", "172.31.240.0/28"],
            machines: ["e2-standard-4", "c2-standard-8", "n2-highmem-2", "n2d-standard-4", "e2-standard-4"],
            dedicatedPools: true,
        });
    });

    it("aws has its defaults", () => {
        assert.deepEqual(view(resolved("prod", "aws")), {
            account: "123456789012",
            region: "us-east-1",
            zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
            ranges: ["10.40.0.0/16", "10.40.0.0/16", "172.20.0.0/16", "10.40.0.0/16"],
            machines: ["m7i.xlarge", "m7i.2xlarge", "r7i.large", "m7i.xlarge", "m7i.xlarge"],
            dedicatedPools: true,
        });
    });

    it("an existing cluster has no place and no machines of ours", () => {
        assert.deepEqual(view(resolved("prod", "existing")), {
            account: "",
            region: "",
            zones: [],
            ranges: ["10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8"],
            machines: ["", "", "", "", ""],
            dedicatedPools: true,
        });
    });
});

describe("a stack's own settings", () => {
    it("stand over its tier's, key by key", () => {
        const config = resolved("prod", "gcp", {
            "network.services": "10.60.0.0/20",
            "nodePools.app.max": 30,
            "nodePools.database.machineType": "c3-standard-8",
            "resources.cpuRequest": "1",
            "cluster.authorizedNetworks": ["203.0.113.0/24"],
            "cluster.maintenanceWindow": "0 1 * * 0",
            "services.order.image": "order@sha256:".padEnd(77, "0"),
        });
        assert.deepEqual([config.network.services, config.network.pods], ["10.60.0.0/20", "10.44.0.0/14"]);
        assert.deepEqual([config.nodePools.app?.min, config.nodePools.app?.max], [6, 30]);
        assert.equal(config.nodePools.database?.machineType, "c3-standard-8");
        assert.deepEqual([config.resources.cpuRequest, config.resources.cpuLimit], ["1", "2"]);
        assert.deepEqual(config.cluster.authorizedNetworks, ["203.0.113.0/24"]);
        assert.equal(config.cluster.maintenanceWindow, "0 1 * * 0");
        assert.deepEqual(Object.keys(config.services), ["order"]);
    });
});
