import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";

import { NodeProvisioning } from "../../../../components/nodes/aws/node-provisioning";
import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import { inputsOf } from "../../deployed";
import { type Deployed, deploy, deployment, inLayer } from "../../deployment";
import { configOf } from "../../layers";

const zones = ["use1-az1", "use1-az2", "use1-az4"];

function metadata(name: string) {
    return {
        name,
        labels: {
            "app.kubernetes.io/name": name,
            "app.kubernetes.io/part-of": "ecommerce-platform",
            "app.kubernetes.io/instance": name,
            "app.kubernetes.io/component": "nodes",
            "app.kubernetes.io/managed-by": "pulumi",
        },
    };
}

function nodeClass(tier: Tier, own: Readonly<Record<string, string>> = {}) {
    return {
        apiVersion: "karpenter.k8s.aws/v1",
        kind: "EC2NodeClass",
        metadata: metadata("private"),
        spec: {
            amiSelectorTerms: [{ alias: "al2023@v20260917" }],
            instanceProfile: "nodes-karpenter-name",
            subnetSelectorTerms: zones.map((zone) => ({ id: `network-private-${zone}-id` })),
            securityGroupSelectorTerms: [{ tags: { "aws:eks:cluster-name": `ecommerce-eks-${tier}` } }],
            associatePublicIPAddress: false,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
                httpProtocolIPv6: "disabled",
            },
            blockDeviceMappings: [
                {
                    deviceName: "/dev/xvda",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: "100Gi",
                        encrypted: true,
                        kmsKeyID: "arn:cluster-keys-disks",
                        deleteOnTermination: true,
                    },
                },
            ],
            tags: { ...own, "part-of": "ecommerce-platform", "managed-by": "pulumi", stack: tier, tier },
        },
    };
}

interface Pool {
    readonly name: "app" | "spot";
    readonly cpu: string;
    readonly types?: readonly string[];
    readonly zones?: readonly string[];
    readonly zoneLabel?: string;
}

const seed = ["m7i.xlarge", "m8i.xlarge", "m7a.xlarge", "m6a.xlarge", "m6i.xlarge", "m5.xlarge"];

function nodePool(pool: Pool) {
    const { name, cpu, types = seed, zones: own = zones, zoneLabel = "topology.k8s.aws/zone-id" } = pool;
    const spot = name === "spot";
    const one = (key: string, values: readonly string[]) => ({ key, operator: "In", values: [...values] });
    return {
        apiVersion: "karpenter.sh/v1",
        kind: "NodePool",
        metadata: metadata(name),
        spec: {
            template: {
                metadata: { labels: { workload: name } },
                spec: {
                    nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "private" },
                    ...(spot ? { taints: [{ key: "workload", value: "spot", effect: "NoSchedule" }] } : {}),
                    requirements: [
                        one("karpenter.sh/capacity-type", [spot ? "spot" : "on-demand"]),
                        one("kubernetes.io/arch", ["amd64"]),
                        one("node.kubernetes.io/instance-type", types),
                        one(zoneLabel, own),
                    ],
                    expireAfter: "720h",
                    terminationGracePeriod: "1h",
                },
            },
            limits: { cpu },
            disruption: {
                consolidationPolicy: "WhenEmptyOrUnderutilized",
                consolidateAfter: "5m",
                budgets: [{ nodes: "1" }],
            },
        },
    };
}

const poolsOf = (all: readonly Deployed[]) => inputsOf(all, "kubernetes:karpenter.sh/v1:NodePool");

/** The node pools of a configuration, without cluster and network. */
async function provisioned(tier: Tier, own: Partial<Settings>): Promise<readonly Deployed[]> {
    const template = { instanceProfile: "nodes-karpenter-name", subnetIds: ["subnet-1"], diskKey: "arn:key" };
    const { resources } = await deploy(() => {
        new NodeProvisioning("nodes-provisioning", { config: configOf("aws", tier, own), template });
    });
    return resources;
}

/** CPU that Karpenter may add: nodes beyond the managed group's, of four CPUs each. */
const limits: Readonly<Record<Tier, Readonly<Partial<Record<"app" | "spot", string>>>>> = {
    dev: { app: "12" },
    staging: { app: "36", spot: "12" },
    prod: { app: "56", spot: "24" },
};

describe("each field of Karpenter's objects", () => {
    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`is exactly this in ${tier} (CL-03, CL-09, CL-11, CL-12, E4, E7, E8, E10)`, async () => {
            const all = inLayer(await deployment("aws", tier), "nodes");
            assert.deepEqual(inputsOf(all, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"), {
                "nodes-provisioning-class": nodeClass(tier),
            });
            const expected = (["app", "spot"] as const).flatMap((name) => {
                const cpu = limits[tier][name];
                return cpu === undefined ? [] : [[`nodes-provisioning-${name}`, nodePool({ name, cpu })] as const];
            });
            assert.deepEqual(poolsOf(all), Object.fromEntries(expected));
        });
    }

    it("follows the stack's machines, zones, bounds and labels", async () => {
        const own = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
        const all = await provisioned("prod", {
            aws: { accountId: "123456789012", region: "eu-west-1", zones: own },
            nodePools: { app: { machineType: "t3.large", min: 6, max: 8 }, spot: { enabled: false } },
            labels: { team: "shop" },
        });
        const types = ["t3.large", "m7i.large", "m8i.large"];
        assert.deepEqual(poolsOf(all), {
            "nodes-provisioning-app": nodePool({
                name: "app",
                cpu: "4",
                types,
                zones: own,
                zoneLabel: "topology.kubernetes.io/zone",
            }),
        });
        const { spec } = inputsOf(all, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass")["nodes-provisioning-class"]!;
        assert.deepEqual((spec as { tags: unknown }).tags, nodeClass("prod", { team: "shop" }).spec.tags);
    });

    it("is created after what installs the definitions", async () => {
        const { resources } = await deploy(() => {
            const definitions = new k8s.core.v1.ConfigMap("definitions");
            const template = { instanceProfile: "profile", subnetIds: [], diskKey: "arn:key" };
            const args = { config: configOf("aws", "prod"), template, needs: [definitions] };
            new NodeProvisioning("nodes-provisioning", args);
        });
        const made = resources.filter(({ type }) => type.startsWith("kubernetes:karpenter"));
        assert.equal(made.length, 3);
        for (const { name, dependsOn } of made) {
            assert.ok(
                dependsOn.some((urn) => urn.endsWith("::definitions")),
                name,
            );
        }
    });

    it("has no app pool where the managed group is as large as the pool", async () => {
        const fixed = await provisioned("prod", { nodePools: { app: { min: 6, max: 6 } } });
        assert.deepEqual(Object.keys(poolsOf(fixed)), ["nodes-provisioning-spot"]);
    });
});
