import assert from "node:assert/strict";

import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import type { JsonObject } from "../../../../tools/plan";
import { inputsOf, optionsOf } from "../../deployed";
import { type Deployed, deployCluster, deployment, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"];
const [a, b, c] = zones as [string, string, string];

interface Group {
    readonly pool: string;
    readonly machine: string;
    readonly size: readonly [min: number, max: number];
    readonly zones: readonly string[];
    readonly labels?: JsonObject;
    readonly taint?: readonly [key: string, value: string];
}

/** All inputs of a node group. */
function group({ pool, machine, size: [min, max], zones: own, labels, taint }: Group): JsonObject {
    return {
        clusterName: "",
        nodeRoleArn: "arn:cluster-nodes",
        subnetIds: own.map((zone) => `network-private-${zone}-id`),
        amiType: "AL2023_x86_64_STANDARD",
        version: "1.36",
        releaseVersion: "1.36.4-20260917",
        capacityType: "ON_DEMAND",
        instanceTypes: [machine],
        launchTemplate: { id: `cluster-${pool}-id`, version: "7" },
        scalingConfig: { minSize: min, maxSize: max, desiredSize: min },
        updateConfig: { maxUnavailable: 1 },
        nodeRepairConfig: { enabled: true },
        labels: labels ?? { workload: pool },
        ...(taint === undefined ? {} : { taints: [{ key: taint[0], value: taint[1], effect: "NO_SCHEDULE" }] }),
    };
}

/** All inputs of a pool's launch template. */
function template(tier: Tier, pool: string): JsonObject {
    const own = { "part-of": "ecommerce-platform", "managed-by": "pulumi", stack: tier, tier };
    const tags = { ...own, pool, Name: `${tier}-${pool}` };
    return {
        description: `Nodes of the ${pool} pool`,
        updateDefaultVersion: true,
        metadataOptions: {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
            instanceMetadataTags: "disabled",
        },
        blockDeviceMappings: [
            {
                deviceName: "/dev/xvda",
                ebs: {
                    volumeType: "gp3",
                    volumeSize: 100,
                    encrypted: "true",
                    kmsKeyId: "arn:cluster-keys-disks",
                    deleteOnTermination: "true",
                },
            },
        ],
        tagSpecifications: [
            { resourceType: "instance", tags },
            { resourceType: "volume", tags },
        ],
    };
}

const payment: Group = {
    pool: "payment",
    machine: "m7i.xlarge",
    size: [3, 3],
    zones,
    labels: { workload: "payment", pci: "true" },
    taint: ["pci", "true"],
};
const app = (size: number): Group => ({ pool: "app", machine: "m7i.xlarge", size: [size, size], zones });

/** One group per zone, for pods with volumes. */
function zonal(pool: string, machine: string, sizes: readonly number[]): Record<string, Group> {
    return Object.fromEntries(
        sizes.map((size, index): [string, Group] => {
            const zone = zones[index] ?? "";
            const taint = ["workload", pool] as const;
            return [`cluster-${pool}-${zone}`, { pool, machine, size: [size, size], zones: [zone], taint }];
        }),
    );
}

function rows(appSize: number, databases: readonly number[]): Record<string, Group> {
    return {
        // The fixed nodes: Karpenter adds the others.
        "cluster-app": app(appSize),
        ...zonal("cache", "r7i.large", [1, 1, 1]),
        ...zonal("database", "m7i.2xlarge", databases),
        "cluster-payment": payment,
    };
}

/** Groups of the tiers (CL-03 to CL-08). */
const tiers = { dev: rows(3, [1, 1, 1]), staging: rows(3, [1, 1, 1]), prod: rows(6, [2, 1, 1]) };

function whole(tier: Tier, groups: Readonly<Record<string, Group>>): Record<string, JsonObject> {
    const clusterName = `ecommerce-eks-${tier}`;
    return Object.fromEntries(Object.entries(groups).map(([name, row]) => [name, { ...group(row), clusterName }]));
}

describe("each node group on AWS", () => {
    const layer = async (tier: Tier, own?: Partial<Settings>) =>
        inLayer(await (own === undefined ? deployment("aws", tier) : deployCluster("aws", tier, own)), "cluster");
    const groups = (all: readonly Deployed[]) => inputsOf(all, "aws:eks/nodeGroup:NodeGroup");
    const templates = (all: readonly Deployed[]) => inputsOf(all, "aws:ec2/launchTemplate:LaunchTemplate");

    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`and its launch template have exactly these settings in ${tier} (CL-03 to CL-08, E4, E7 to E10)`, async () => {
            const all = await layer(tier);
            assert.deepEqual(groups(all), whole(tier, tiers[tier]));
            const pools = ["app", "cache", "database", "payment"];
            assert.deepEqual(
                templates(all),
                Object.fromEntries(pools.map((pool) => [`cluster-${pool}`, template(tier, pool)])),
            );
        });
    }

    it("has one node in one zone each in the compact profile (CL-15)", async () => {
        const all = await layer("dev", { nodePools: { profile: "compact" } });
        const row = (pool: string, machine: string, zone: string): Group => ({
            ...{ pool, machine, size: [1, 1], zones: [zone] },
        });
        assert.deepEqual(
            groups(all),
            whole("dev", {
                "cluster-frontend": row("frontend", "m7i.large", a),
                "cluster-backend": row("backend", "m7i.xlarge", b),
                "cluster-data": row("data", "m7i.2xlarge", c),
            }),
        );
        const expected = ["frontend", "backend", "data"].map((pool) => [`cluster-${pool}`, template("dev", pool)]);
        assert.deepEqual(templates(all), Object.fromEntries(expected));
    });

    it("has the newest machines and the stack's own labels where the stack asks for them", async () => {
        const all = await layer("prod", { nodePools: { generation: "latest" }, labels: { team: "shop" } });
        assert.deepEqual(
            groups(all),
            whole("prod", {
                "cluster-app": { ...app(6), machine: "m8i.xlarge" },
                ...zonal("cache", "r8i.large", [1, 1, 1]),
                ...zonal("database", "m8i.2xlarge", [2, 1, 1]),
                "cluster-payment": { ...payment, machine: "m8i.xlarge" },
            }),
        );
        for (const own of Object.values(templates(all))) {
            const tags = (own["tagSpecifications"] as JsonObject[]).map((each) => (each["tags"] as JsonObject)["team"]);
            assert.deepEqual(tags, ["shop", "shop"]);
        }
    });

    it("keeps the size that an autoscaler gave it, within bounds that differ", async () => {
        const all = await layer("prod", { nodePools: { payment: { min: 3, max: 5 } } });
        assert.deepEqual(groups(all)["cluster-payment"]?.["scalingConfig"], { minSize: 3, maxSize: 5, desiredSize: 3 });
        const { "NodeGroup cluster-payment": own, ...others } = optionsOf(all);
        assert.deepEqual(own, { ignoreChanges: ["scalingConfig.desiredSize"] });
        assert.deepEqual(
            Object.keys(others).filter((title) => title.startsWith("NodeGroup")),
            [],
        );
    });
});
