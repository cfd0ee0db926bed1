import assert from "node:assert/strict";

import type { Settings } from "../../../../components/platform-config";
import type { Tier } from "../../../../config/schema";
import { countOf, inputOf, inputsOf, optionsOf, outputsOf } from "../../deployed";
import { type Deployed, deployCluster, deployment, inLayer } from "../../deployment";

const zones = ["use1-az1", "use1-az2", "use1-az4"];

/** All inputs of the cluster. */
function expected(tier: Tier, access: object = { endpointPublicAccess: false }) {
    return {
        name: `ecommerce-eks-${tier}`,
        version: "1.36",
        roleArn: "arn:cluster-control",
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        encryptionConfig: { provider: { keyArn: "arn:cluster-keys-secrets" }, resources: ["secrets"] },
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        vpcConfig: {
            subnetIds: zones.map((zone) => `network-private-${zone}-id`),
            securityGroupIds: ["cluster-endpoint-id"],
            endpointPrivateAccess: true,
            ...access,
        },
        kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
        bootstrapSelfManagedAddons: false,
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: tier === "prod",
        zonalShiftConfig: { enabled: true },
    };
}

describe("the whole cluster on AWS", () => {
    const layer = async (tier: Tier, own?: Partial<Settings>) =>
        inLayer(await (own === undefined ? deployment("aws", tier) : deployCluster("aws", tier, own)), "cluster");
    const cluster = (all: readonly Deployed[]) => inputOf(all, "aws:eks/cluster:Cluster", "cluster");
    const rules = (all: readonly Deployed[]) =>
        inputsOf(all, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");

    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`has exactly these settings in ${tier} (E1 to E14)`, async () => {
            const all = await layer(tier);
            assert.deepEqual(cluster(all), expected(tier));
            assert.deepEqual(rules(all), {});
        });

        it(`has a security group and a log group, which is encrypted and kept for a year, in ${tier} (E3)`, async () => {
            const all = await layer(tier);
            assert.deepEqual(inputsOf(all, "aws:ec2/securityGroup:SecurityGroup"), {
                "cluster-endpoint": {
                    description: "Networks that may reach the control plane from inside",
                    vpcId: "network-id",
                },
            });
            assert.deepEqual(inputsOf(all, "aws:cloudwatch/logGroup:LogGroup"), {
                "cluster-logs": {
                    name: `/aws/eks/ecommerce-eks-${tier}/cluster`,
                    retentionInDays: 365,
                    kmsKeyId: "arn:cluster-keys-logs",
                },
            });
        });
    }

    it("allows listed networks, over TLS, and has a public endpoint for them outside of prod only (E1, D9)", async () => {
        const authorizedNetworks = ["203.0.113.0/24", "198.51.100.0/25"];
        const rule = (cidrIpv4: string) => ({
            securityGroupId: "cluster-endpoint-id",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4,
        });
        const both = {
            "cluster-endpoint-203.0.113.0-24": rule("203.0.113.0/24"),
            "cluster-endpoint-198.51.100.0-25": rule("198.51.100.0/25"),
        };
        const dev = await layer("dev", { cluster: { authorizedNetworks } });
        const open = { endpointPublicAccess: true, publicAccessCidrs: authorizedNetworks };
        assert.deepEqual(cluster(dev), expected("dev", open));
        assert.deepEqual(rules(dev), both);
        const prod = await layer("prod", { cluster: { authorizedNetworks } });
        assert.deepEqual(cluster(prod), expected("prod"));
        assert.deepEqual(rules(prod), both);
        const closed = await layer("dev", { cluster: { authorizedNetworks, privateEndpoint: true } });
        assert.deepEqual(cluster(closed), expected("dev"));
    });

    it("follows the stack's range of services, region and deletion protection", async () => {
        const region = "eu-west-1";
        const all = await layer("prod", {
            aws: { accountId: "210987654321", region, zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
            network: { services: "10.100.0.0/16" },
            cluster: { deletionProtection: false },
        });
        const own = cluster(all);
        assert.deepEqual(own["kubernetesNetworkConfig"], { ipFamily: "ipv4", serviceIpv4Cidr: "10.100.0.0/16" });
        assert.equal(own["deletionProtection"], false);
        assert.deepEqual(
            Object.keys(optionsOf(all)).filter((title) => title.startsWith("Key ")),
            [],
        );
        assert.doesNotMatch(JSON.stringify(all.map(({ inputs }) => inputs)), /us-east-1|123456789012/);
    });
});

describe("the cluster layer on AWS", () => {
    let prod: readonly Deployed[];
    before(async () => {
        prod = inLayer(await deployment("aws", "prod"), "cluster");
    });

    it("creates exactly these resources", () => {
        assert.deepEqual(countOf(prod), {
            "aws:cloudwatch/logGroup:LogGroup": 1,
            "aws:ec2/launchTemplate:LaunchTemplate": 4,
            "aws:ec2/securityGroup:SecurityGroup": 1,
            "aws:eks/accessEntry:AccessEntry": 1,
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": 1,
            "aws:eks/addon:Addon": 7,
            "aws:eks/cluster:Cluster": 1,
            "aws:eks/nodeGroup:NodeGroup": 8,
            "aws:iam/role:Role": 5,
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 5,
            "aws:kms/key:Key": 3,
            "pulumi:providers:kubernetes": 1,
        });
    });

    it("protects keys in prod only, and keeps a version that EKS has raised", async () => {
        const key = { protect: true };
        const cluster = { "Cluster cluster": { ignoreChanges: ["version"] } };
        assert.deepEqual(optionsOf(prod), {
            ...cluster,
            "Key cluster-keys-disks": key,
            "Key cluster-keys-logs": key,
            "Key cluster-keys-secrets": key,
        });
        for (const tier of ["dev", "staging"] as const) {
            assert.deepEqual(optionsOf(inLayer(await deployment("aws", tier), "cluster")), cluster);
        }
        const raised = await deployCluster("aws", "dev", { cluster: { upgrade: true } });
        assert.deepEqual(optionsOf(inLayer(raised, "cluster")), {});
    });

    it("registers the cluster's name and address, and the outputs of its parts", () => {
        const zonal = (pool: string) => ({ groupNames: zones.map((zone) => `cluster-${pool}-${zone}`) });
        const role = (name: string) => ({ arn: `arn:${name}`, roleName: `${name}-name` });
        assert.deepEqual(outputsOf(prod), {
            "EksCluster cluster": { name: "ecommerce-eks-prod", endpoint: "https://eks.example" },
            "EksAccess cluster-access": { roleArn: "arn:cluster-access" },
            "EksKeys cluster-keys": {
                secrets: "arn:cluster-keys-secrets",
                disks: "arn:cluster-keys-disks",
                logs: "arn:cluster-keys-logs",
            },
            "EksAddons cluster-base": {
                versions: {
                    "eks-pod-identity-agent": "v1.4.0-eksbuild.2",
                    "kube-proxy": "v1.36.0-eksbuild.25",
                    "vpc-cni": "v1.23.1-eksbuild.1",
                },
            },
            "EksAddons cluster-addons": {
                versions: {
                    coredns: "v1.14.6-eksbuild.4",
                    "metrics-server": "v0.9.0-eksbuild.11",
                    "snapshot-controller": "v8.6.0-eksbuild.8",
                    "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
                },
            },
            "EksNodePool cluster-app": { groupNames: ["cluster-app"] },
            "EksNodePool cluster-cache": zonal("cache"),
            "EksNodePool cluster-database": zonal("database"),
            "EksNodePool cluster-payment": { groupNames: ["cluster-payment"] },
            "ServiceRole cluster-control": role("cluster-control"),
            "ServiceRole cluster-nodes": role("cluster-nodes"),
            "ServiceRole cluster-base-vpc-cni": role("cluster-base-vpc-cni"),
            "ServiceRole cluster-addons-aws-ebs-csi-driver": role("cluster-addons-aws-ebs-csi-driver"),
        });
    });
});
