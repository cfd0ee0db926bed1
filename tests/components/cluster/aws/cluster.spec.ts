import assert from "node:assert/strict";

import { createCluster } from "../../../../components/cluster";
import { addonPhases } from "../../../../components/cluster/aws/managed-addons";
import { eksAddonVersions, eksNodeRelease, kubernetesVersion } from "../../../../components/cluster/versions";
import type { PlatformConfig } from "../../../../components/platform";
import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import type { JsonObject, PlannedResource } from "../../../../tools/plan";
import { clusterArgs, configOf, inputs, one, planned, tally } from "../../layers";

const types = {
    addon: "aws:eks/addon:Addon",
    cluster: "aws:eks/cluster:Cluster",
    group: "aws:eks/nodeGroup:NodeGroup",
    key: "aws:kms/key:Key",
    role: "aws:iam/role:Role",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    rule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    template: "aws:ec2/launchTemplate:LaunchTemplate",
    provider: "pulumi:providers:kubernetes",
};

function program(config: PlatformConfig): () => void {
    return () => {
        createCluster("cluster", clusterArgs(config));
    };
}

const plan = (tier: Tier, own: Partial<Settings> = {}) => planned(program(configOf("aws", tier, own)));

describe("the cluster on AWS", () => {
    let prod: readonly PlannedResource[];
    let dev: readonly PlannedResource[];
    let cluster: JsonObject;
    before(async () => {
        prod = (await plan("prod")).filter(({ urn }) => !urn.includes("shop:network:"));
        dev = await plan("dev");
        cluster = inputs(prod, types.cluster, "cluster");
    });

    it("consists of a cluster, eight groups of four pools, seven add-ons, three keys and five roles", async () => {
        const all = await planned(program(configOf("aws", "prod")));
        const whole = all.filter(({ urn }) => !urn.includes("shop:network:"));
        assert.deepEqual(tally(whole), {
            "aws:cloudwatch/logGroup:LogGroup": 1,
            [types.template]: 4,
            "aws:ec2/securityGroup:SecurityGroup": 1,
            "aws:eks/accessEntry:AccessEntry": 1,
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": 1,
            [types.addon]: 7,
            [types.cluster]: 1,
            [types.group]: 8,
            [types.role]: 5,
            [types.attachment]: 5,
            [types.key]: 3,
            [types.provider]: 1,
            "shop:cluster:EksAccess": 1,
            "shop:cluster:EksAddons": 2,
            "shop:cluster:EksCluster": 1,
            "shop:cluster:EksKeys": 1,
            "shop:cluster:EksNodePool": 4,
            "shop:cluster:ServiceRole": 4,
        });
    });

    const settings: readonly (readonly [row: string, key: string, value: unknown])[] = [
        ["CL-02", "name", "ecommerce-eks-prod"],
        ["E2", "encryptionConfig", { provider: { keyArn: "[unknown]" }, resources: ["secrets"] }],
        ["E3, CL-19", "enabledClusterLogTypes", ["api", "audit", "authenticator", "controllerManager", "scheduler"]],
        ["E4", "version", "1.36"],
        ["E5", "accessConfig", { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false }],
        ["E13", "bootstrapSelfManagedAddons", false],
        ["E14", "upgradePolicy", { supportType: "STANDARD" }],
        ["E14", "deletionProtection", true],
        ["CL-14", "zonalShiftConfig", { enabled: true }],
        ["CL-02", "kubernetesNetworkConfig", { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" }],
    ];
    for (const [row, key, value] of settings) {
        it(`sets ${key} (${row})`, () => {
            assert.deepEqual(cluster[key], value);
        });
    }

    it("has a private endpoint, and a public one for listed networks only (E1, D9)", async () => {
        const list = ["203.0.113.0/24"];
        const endpoints = (all: readonly PlannedResource[]) => {
            const vpc = inputs(all, types.cluster, "cluster")["vpcConfig"] as JsonObject;
            return [vpc["endpointPrivateAccess"], vpc["endpointPublicAccess"], vpc["publicAccessCidrs"]];
        };
        const rules = (all: readonly PlannedResource[]) =>
            all.filter(({ type, name }) => type === types.rule && name.startsWith("cluster-endpoint"));
        assert.deepEqual(endpoints(prod), [true, false, undefined]);
        assert.deepEqual(rules(prod), []);
        const listed = await plan("prod", { cluster: { authorizedNetworks: list } });
        assert.deepEqual(endpoints(listed), [true, false, undefined]);
        assert.deepEqual(
            rules(listed).map(({ inputs: rule }) => rule),
            [{ securityGroupId: "[unknown]", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: list[0] }],
        );
        assert.deepEqual(endpoints(await plan("dev", { cluster: { authorizedNetworks: list } })), [true, true, list]);
        // AWS treats an empty list as 0.0.0.0/0.
        assert.deepEqual(endpoints(dev), [true, false, undefined]);
    });

    it("hardens every node (E7, E8, E9, E10)", () => {
        for (const pool of ["app", "database", "cache", "payment"]) {
            const template = inputs(prod, types.template, `cluster-${pool}`);
            const metadata = template["metadataOptions"] as JsonObject;
            assert.deepEqual([metadata["httpTokens"], metadata["httpPutResponseHopLimit"]], ["required", 1]);
            const [root] = template["blockDeviceMappings"] as JsonObject[];
            const ebs = root?.["ebs"] as JsonObject;
            assert.deepEqual([ebs["volumeType"], ebs["encrypted"], ebs["kmsKeyId"]], ["gp3", "true", "[unknown]"]);
            assert.ok(!("keyName" in template) && !("networkInterfaces" in template) && !("imageId" in template));
        }
        for (const { inputs: group } of prod.filter(({ type }) => type === types.group)) {
            assert.equal(group["remoteAccess"], undefined);
            assert.equal(group["amiType"], "AL2023_x86_64_STANDARD");
            assert.deepEqual([group["version"], group["releaseVersion"]], [kubernetesVersion, eksNodeRelease]);
        }
        assert.ok(eksNodeRelease.startsWith(`${kubernetesVersion}.`));
    });

    it("has the four pools with their machines, bounds, labels and taints (CL-03 to CL-08)", () => {
        const expected = [
            // The fixed nodes: Karpenter adds the other 14.
            ["app", "m7i.xlarge", [[6, 6, 3]], undefined],
            [
                "database",
                "m7i.2xlarge",
                [
                    [2, 2, 1],
                    [1, 1, 1],
                    [1, 1, 1],
                ],
                "workload=database",
            ],
            [
                "cache",
                "r7i.large",
                [
                    [1, 1, 1],
                    [1, 1, 1],
                    [1, 1, 1],
                ],
                "workload=cache",
            ],
            ["payment", "m7i.xlarge", [[3, 3, 3]], "pci=true"],
        ] as const;
        for (const [pool, machineType, bounds, taint] of expected) {
            const groups = prod.filter(
                ({ type, parent }) => type === types.group && parent?.endsWith(`::cluster-${pool}`),
            );
            const view = groups.map(({ inputs: group }) => {
                const scaling = group["scalingConfig"] as JsonObject;
                return [scaling["minSize"], scaling["maxSize"], (group["subnetIds"] as unknown[]).length];
            });
            assert.deepEqual(view, bounds, pool);
            for (const { inputs: group, options } of groups) {
                assert.deepEqual(group["instanceTypes"], [machineType]);
                assert.deepEqual(
                    group["labels"],
                    pool === "payment" ? { workload: pool, pci: "true" } : { workload: pool },
                );
                const [key, value] = taint?.split("=") ?? [];
                assert.deepEqual(
                    group["taints"],
                    taint === undefined ? undefined : [{ key, value, effect: "NO_SCHEDULE" }],
                );
                // A group of fixed size follows its bounds; in others an autoscaler changes the size.
                const { minSize, maxSize } = group["scalingConfig"] as JsonObject;
                assert.deepEqual(
                    options.ignoreChanges,
                    minSize === maxSize ? undefined : ["scalingConfig.desiredSize"],
                );
            }
        }
    });

    it("has each add-on once, in its pinned version (E13)", () => {
        const addons = prod.filter(({ type }) => type === types.addon).map(({ inputs: addon }) => addon);
        assert.deepEqual(
            Object.fromEntries(addons.map((addon) => [addon["addonName"], addon["addonVersion"]])),
            eksAddonVersions,
        );
        assert.ok(Object.values(eksAddonVersions).every((version) => /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)));
        const cni = addons.find((addon) => addon["addonName"] === "vpc-cni");
        const configuration = JSON.parse(cni?.["configurationValues"] as string) as JsonObject;
        assert.equal(configuration["enableNetworkPolicy"], "true");
    });

    it("installs network add-ons before the nodes and DNS after them; the provider depends on all", () => {
        const before = Object.keys(addonPhases.beforeNodes);
        const dependencies = (resource: PlannedResource): readonly string[] => {
            const own = resource.options.dependsOn ?? [];
            const next = prod.filter(({ urn, custom }) => custom && own.includes(urn)).flatMap(dependencies);
            return [...new Set([...own, ...next])];
        };
        for (const group of prod.filter(({ type }) => type === types.group)) {
            for (const addon of before) {
                assert.ok(
                    dependencies(group).some((urn) => urn.endsWith(`::cluster-base-${addon}`)),
                    `${group.name}: ${addon}`,
                );
            }
        }
        const coredns = one(prod, types.addon, "cluster-addons-coredns");
        assert.equal(dependencies(coredns).filter((urn) => urn.includes(types.group)).length, 8);
        const provider = dependencies(one(prod, types.provider, "cluster-kubernetes"));
        assert.equal(provider.filter((urn) => urn.includes(types.group)).length, 8);
        assert.equal(provider.filter((urn) => urn.includes(types.addon)).length >= 4, true);
    });

    it("rotates its keys every 90 days and protects them in prod (D7); only this account's EC2 may use the disks' (D10)", () => {
        for (const [all, protect] of [
            [prod, true],
            [dev, undefined],
        ] as const) {
            for (const role of ["secrets", "disks", "logs"]) {
                const key = one(all, types.key, `cluster-keys-${role}`);
                assert.deepEqual([key.inputs["enableKeyRotation"], key.inputs["rotationPeriodInDays"]], [true, 90]);
                assert.equal(key.options.protect, protect);
            }
        }
        const policy = JSON.parse(inputs(prod, types.key, "cluster-keys-disks")["policy"] as string) as JsonObject;
        const wildcardStatements = (policy["Statement"] as JsonObject[]).filter(
            (statement) => (statement["Principal"] as JsonObject)["AWS"] === "*",
        );
        assert.deepEqual(
            wildcardStatements.map((statement) => statement["Condition"]),
            [
                {
                    StringEquals: {
                        "kms:CallerAccount": "123456789012",
                        "kms:ViaService": "ec2.us-east-1.amazonaws.com",
                    },
                },
            ],
        );
    });
});
