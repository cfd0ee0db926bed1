import assert from "node:assert/strict";

import { createCluster } from "../../components/cluster";
import { eksAddonVersions } from "../../components/cluster/versions";
import { createNodes } from "../../components/nodes";
import type { PlatformConfig } from "../../components/platform";
import type { Settings } from "../../components/platform-config";
import type { Cloud } from "../../config/schema";
import type { PlannedResource } from "../../tools/plan";
import { changedInputs } from "./changed-inputs";
import { clusterArgs, configOf, namespaceNames as namespaces, planned } from "./layers";

/** A difference of two plans: `type name: property, ...`, with `!` before a property that forces a replacement. */
type Difference = string;

async function planOf(config: PlatformConfig): Promise<readonly PlannedResource[]> {
    return planned(() => {
        const { network, ...args } = clusterArgs(config);
        const cluster = createCluster("cluster", { ...args, network });
        createNodes("nodes", { config, cluster, network, namespaces }, { provider: cluster.provider });
    });
}

async function differences(before: PlatformConfig, after: PlatformConfig): Promise<Difference[]> {
    return between(await planOf(before), await planOf(after));
}

function between(before: readonly PlannedResource[], after: readonly PlannedResource[]): Difference[] {
    assert.deepEqual(
        before.map(({ urn }) => urn),
        after.map(({ urn }) => urn),
        "resources are added or removed",
    );
    return after
        .flatMap((resource, index) => {
            const changed = changedInputs(before[index], resource).map(({ path, replaces }) =>
                replaces ? `!${path}` : path,
            );
            const kind = resource.type.split(":").pop() ?? "";
            return changed.length === 0 ? [] : [`${kind} ${resource.name}: ${changed.join(", ")}`];
        })
        .sort();
}

const prod = (cloud: Cloud, own: Partial<Settings> = {}) => configOf(cloud, "prod", own);

describe("a change of the cluster's configuration", () => {
    it("that is empty changes nothing", async () => {
        for (const cloud of ["gcp", "aws"] as const) {
            assert.deepEqual(await differences(prod(cloud), prod(cloud)), []);
        }
    });

    it("of a label on GCP updates labels of cluster and pools in place", async () => {
        const pools = ["app", "cache", "database-rest", "database", "payment", "spot"];
        assert.deepEqual(await differences(prod("gcp"), { ...prod("gcp"), tier: "staging" }), [
            "Cluster cluster: resourceLabels.tier",
            ...pools.map((pool) => `NodePool cluster-${pool}: nodeConfig.resourceLabels.tier`),
        ]);
    });

    it("of a label on AWS updates tags of launch templates and node classes in place", async () => {
        const pools = ["app", "cache", "database", "payment"];
        assert.deepEqual(await differences(prod("aws"), { ...prod("aws"), tier: "staging" }), [
            "EC2NodeClass nodes-provisioning-class: spec.tags.tier",
            ...pools.map((pool) => `LaunchTemplate cluster-${pool}: tagSpecifications`),
        ]);
    });

    it("of a pool's bounds updates that pool in place", async () => {
        const more = { nodePools: { app: { min: 9, max: 24 } } };
        assert.deepEqual(await differences(prod("gcp"), prod("gcp", more)), [
            "NodePool cluster-app: autoscaling.totalMaxNodeCount, autoscaling.totalMinNodeCount",
        ]);
        assert.deepEqual(await differences(prod("aws"), prod("aws", more)), [
            "NodeGroup cluster-app: scalingConfig.desiredSize, scalingConfig.maxSize, scalingConfig.minSize",
            "NodePool nodes-provisioning-app: spec.limits.cpu",
        ]);
    });

    it("of an add-on's version on AWS updates that add-on in place", async () => {
        const versions: Record<string, string> = eksAddonVersions;
        const before = await planOf(prod("aws"));
        const pinned = versions["coredns"] ?? "";
        try {
            versions["coredns"] = "v9.9.9-eksbuild.1";
            assert.deepEqual(between(before, await planOf(prod("aws"))), [
                "Addon cluster-addons-coredns: addonVersion",
            ]);
        } finally {
            versions["coredns"] = pinned;
        }
    });

    it("of a machine type updates that pool in place on GCP, replaces it on AWS, and no other pool and no cluster", async () => {
        const machine = (type: string) => ({ nodePools: { database: { machineType: type } } });
        assert.deepEqual(await differences(prod("gcp"), prod("gcp", machine("c2-standard-16"))), [
            "NodePool cluster-database-rest: nodeConfig.machineType",
            "NodePool cluster-database: nodeConfig.machineType",
        ]);
        const zones = ["use1-az1", "use1-az2", "use1-az4"];
        assert.deepEqual(
            await differences(prod("aws"), prod("aws", machine("m8i.2xlarge"))),
            zones.map((zone) => `NodeGroup cluster-database-${zone}: !instanceTypes`),
        );
    });

    it("of the machine generation on GCP changes machines and disks of every pool in place", async () => {
        const latest = await differences(prod("gcp"), prod("gcp", { nodePools: { generation: "latest" } }));
        assert.deepEqual(latest, [
            ...["app", "cache", "database-rest", "database"].map(
                (pool) => `NodePool cluster-${pool}: nodeConfig.diskType, nodeConfig.machineType`,
            ),
            "NodePool cluster-payment: nodeConfig.machineType",
            "NodePool cluster-spot: nodeConfig.diskType, nodeConfig.machineType",
        ]);
    });

    it("of the authorised networks updates the cluster's list in place", async () => {
        const list = { cluster: { authorizedNetworks: ["203.0.113.0/24"] } };
        const other = { cluster: { authorizedNetworks: ["198.51.100.0/24"] } };
        assert.deepEqual(await differences(prod("gcp", list), prod("gcp", other)), [
            "Cluster cluster: masterAuthorizedNetworksConfig.cidrBlocks",
        ]);
    });
});
