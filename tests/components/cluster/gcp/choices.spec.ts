import assert from "node:assert/strict";

import { createCluster } from "../../../../components/cluster";
import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import type { JsonObject, PlannedResource } from "../../../../tools/plan";
import { clusterArgs, configOf, inputs, planned } from "../../layers";

const types = { cluster: "gcp:container/cluster:Cluster", pool: "gcp:container/nodePool:NodePool" };

const plan = (tier: Tier, own: Partial<Settings> = {}) =>
    planned(() => {
        const config = configOf("gcp", tier, own);
        createCluster("cluster", clusterArgs(config));
    });

describe("the cluster on GCP, by configuration", () => {
    let prod: readonly PlannedResource[];
    let dev: readonly PlannedResource[];
    before(async () => {
        prod = await plan("prod");
        dev = await plan("dev");
    });

    it("has a DNS endpoint unless it is disabled, and a public one for listed networks outside of prod (G2, G3)", async () => {
        const access = async (tier: Tier, settings: Settings["cluster"]) => {
            const clusterInputs = inputs(await plan(tier, { cluster: settings }), types.cluster, "cluster");
            const endpoints = clusterInputs["controlPlaneEndpointsConfig"] as JsonObject;
            return [
                (clusterInputs["privateClusterConfig"] as JsonObject)["enablePrivateEndpoint"],
                (endpoints["dnsEndpointConfig"] as JsonObject)["allowExternalTraffic"],
            ];
        };
        const list = { authorizedNetworks: ["203.0.113.0/24"] };
        // No public endpoint without a list, in dev too.
        assert.deepEqual(await access("dev", {}), [true, true]);
        assert.deepEqual(await access("staging", {}), [true, true]);
        assert.deepEqual(await access("dev", { ...list, dnsEndpoint: false }), [false, false]);
        assert.deepEqual(await access("prod", list), [true, true]);
        assert.deepEqual(await access("prod", { dnsEndpoint: false }), [true, false]);
    });

    it("enables Google groups for RBAC where a security group is configured (G22)", async () => {
        const own = { project: "shop-project", securityGroup: "gke-security-groups@example.com" };
        const clusterInputs = inputs(await plan("prod", { gcp: own }), types.cluster, "cluster");
        assert.deepEqual(clusterInputs["authenticatorGroupsConfig"], {
            securityGroup: "gke-security-groups@example.com",
        });
    });

    it("has tainted spot nodes, from any zone with capacity; none in dev (CL-12)", () => {
        const spot = inputs(prod, types.pool, "cluster-spot");
        assert.deepEqual(spot["autoscaling"], { totalMinNodeCount: 0, totalMaxNodeCount: 6, locationPolicy: "ANY" });
        assert.equal(spot["initialNodeCount"], 0);
        const node = spot["nodeConfig"] as JsonObject;
        assert.deepEqual([node["spot"], node["machineType"]], [true, "e2-standard-4"]);
        assert.deepEqual(node["labels"], { workload: "spot" });
        assert.deepEqual(node["taints"], [{ key: "workload", value: "spot", effect: "NO_SCHEDULE" }]);
        const others = prod.filter(({ type, name }) => type === types.pool && name !== "cluster-spot");
        assert.deepEqual(
            others.map((pool) => (pool.inputs["nodeConfig"] as JsonObject)["spot"]),
            [false, false, false, false, false],
        );
        assert.equal(dev.filter(({ type }) => type === types.pool).length, 4);
    });

    it("changes machines and disks of all pools together (CL-04 to CL-08, ST-01)", async () => {
        const all = await plan("prod", { nodePools: { generation: "latest" } });
        const expected = [
            ["app", "n4-standard-4", "hyperdisk-balanced"],
            ["database", "n4-standard-8", "hyperdisk-balanced"],
            ["cache", "n4-highmem-2", "hyperdisk-balanced"],
            ["payment", "c3d-standard-4", "pd-balanced"],
            ["spot", "n4-standard-4", "hyperdisk-balanced"],
        ] as const;
        for (const [pool, machineType, diskType] of expected) {
            const node = inputs(all, types.pool, `cluster-${pool}`)["nodeConfig"] as JsonObject;
            assert.deepEqual([node["machineType"], node["diskType"]], [machineType, diskType], pool);
        }
        const payment = inputs(all, types.pool, "cluster-payment")["nodeConfig"] as JsonObject;
        assert.deepEqual(payment["confidentialNodes"], { enabled: true, confidentialInstanceType: "SEV" });
    });
});
