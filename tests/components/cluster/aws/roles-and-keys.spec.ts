import assert from "node:assert/strict";

import type { JsonObject } from "../../../../tools/plan";
import { inputsOf, without } from "../../deployed";
import { type Deployed, deployment, inLayer } from "../../deployment";

const account = "123456789012";

/** In the stack's path; the configuration has no boundary. */
function trust(statement: JsonObject): JsonObject {
    return {
        path: "/ecommerce/prod/",
        assumeRolePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] },
    };
}

/** Trust in one AWS service. */
function serviceRole(service: string): JsonObject {
    return trust({ Principal: { Service: service }, Action: ["sts:AssumeRole"] });
}

/** Trust in the pods of one service account of this cluster. */
function podRole(serviceAccount: string): JsonObject {
    return trust({
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:123456789012:cluster/ecommerce-eks-prod",
                "aws:RequestTag/kubernetes-namespace": "kube-system",
                "aws:RequestTag/kubernetes-service-account": serviceAccount,
            },
        },
    });
}

const enableIamPolicies = {
    Sid: "AccountDecides",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
};

function key(description: string, ...statements: readonly JsonObject[]): JsonObject {
    return {
        description,
        enableKeyRotation: true,
        rotationPeriodInDays: 90,
        deletionWindowInDays: 30,
        policy: { Version: "2012-10-17", Statement: [enableIamPolicies, ...statements] },
    };
}

describe("access, roles, keys and managed add-ons of the cluster on AWS", () => {
    let cluster: readonly Deployed[];
    before(async () => {
        cluster = inLayer(await deployment("aws", "prod"), "cluster");
    });

    it("give access to one role, which sessions with MFA may assume for an hour (E5, E6)", () => {
        const roles = inputsOf(cluster, "aws:iam/role:Role");
        assert.deepEqual(roles["cluster-access"], {
            name: "ecommerce-eks-prod-admin",
            description: "Administers the prod cluster; has no permission outside of it",
            maxSessionDuration: 3600,
            ...trust({
                Principal: { AWS: `arn:aws:iam::${account}:root` },
                Action: "sts:AssumeRole",
                Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            }),
        });
        const entry = { clusterName: "ecommerce-eks-prod", principalArn: "arn:cluster-access" };
        assert.deepEqual(inputsOf(cluster, "aws:eks/accessEntry:AccessEntry"), {
            "cluster-access": { ...entry, type: "STANDARD" },
        });
        assert.deepEqual(inputsOf(cluster, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"), {
            "cluster-access": {
                ...entry,
                policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                accessScope: { type: "cluster" },
            },
        });
    });

    it("give each other role to one service or one service account, with these policies only (E11, E12)", () => {
        const roles = without(inputsOf(cluster, "aws:iam/role:Role"), "cluster-access");
        assert.deepEqual(roles, {
            "cluster-control": serviceRole("eks.amazonaws.com"),
            "cluster-nodes": serviceRole("ec2.amazonaws.com"),
            "cluster-base-vpc-cni": podRole("aws-node"),
            "cluster-addons-aws-ebs-csi-driver": podRole("ebs-csi-controller-sa"),
        });
        const policy = (role: string, name: string) => ({
            role: `${role}-name`,
            policyArn: `arn:aws:iam::aws:policy/${name}`,
        });
        assert.deepEqual(inputsOf(cluster, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"), {
            "cluster-control-cluster": policy("cluster-control", "AmazonEKSClusterPolicy"),
            "cluster-nodes-worker": policy("cluster-nodes", "AmazonEKSWorkerNodePolicy"),
            "cluster-nodes-images": policy("cluster-nodes", "AmazonEC2ContainerRegistryPullOnly"),
            "cluster-base-vpc-cni-policy": policy("cluster-base-vpc-cni", "AmazonEKS_CNI_Policy"),
            "cluster-addons-aws-ebs-csi-driver-policy": policy(
                "cluster-addons-aws-ebs-csi-driver",
                "service-role/AmazonEBSCSIDriverPolicy",
            ),
        });
    });

    it("encrypt secrets, disks and logs, each with a rotated key of its own (E2, E8, D7, D10)", () => {
        assert.deepEqual(inputsOf(cluster, "aws:kms/key:Key"), {
            "cluster-keys-secrets": key("Kubernetes secrets"),
            "cluster-keys-disks": key("Disks of nodes", {
                Sid: "VolumesOfThisAccount",
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: [
                    "kms:CreateGrant",
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                ],
                Resource: "*",
                Condition: {
                    StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "ec2.us-east-1.amazonaws.com" },
                },
            }),
            "cluster-keys-logs": key("Control plane logs", {
                Sid: "LogGroupsOfThisAccount",
                Effect: "Allow",
                Principal: { Service: "logs.us-east-1.amazonaws.com" },
                Action: [
                    "kms:Decrypt",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                ],
                Resource: "*",
                Condition: {
                    ArnLike: {
                        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:us-east-1:${account}:log-group:*`,
                    },
                },
            }),
        });
    });

    it("include these managed add-ons, with their versions, configuration and identities, in each tier (E13)", async () => {
        const addon = (clusterName: string, addonName: string, addonVersion: string, more: object = {}) => ({
            clusterName,
            addonName,
            addonVersion,
            resolveConflictsOnCreate: "OVERWRITE",
            resolveConflictsOnUpdate: "OVERWRITE",
            ...more,
        });
        const identity = (serviceAccount: string, role: string) => ({
            podIdentityAssociations: [{ serviceAccount, roleArn: `arn:${role}` }],
        });
        for (const tier of ["dev", "staging", "prod"] as const) {
            const name = `ecommerce-eks-${tier}`;
            const all = inLayer(await deployment("aws", tier), "cluster");
            assert.deepEqual(inputsOf(all, "aws:eks/addon:Addon"), {
                "cluster-base-eks-pod-identity-agent": addon(name, "eks-pod-identity-agent", "v1.4.0-eksbuild.2"),
                "cluster-base-kube-proxy": addon(name, "kube-proxy", "v1.36.0-eksbuild.25"),
                "cluster-base-vpc-cni": addon(name, "vpc-cni", "v1.23.1-eksbuild.1", {
                    configurationValues: { enableNetworkPolicy: "true", nodeAgent: { enablePolicyEventLogs: "true" } },
                    ...identity("aws-node", "cluster-base-vpc-cni"),
                }),
                "cluster-addons-coredns": addon(name, "coredns", "v1.14.6-eksbuild.4"),
                "cluster-addons-metrics-server": addon(name, "metrics-server", "v0.9.0-eksbuild.11"),
                "cluster-addons-snapshot-controller": addon(name, "snapshot-controller", "v8.6.0-eksbuild.8"),
                "cluster-addons-aws-ebs-csi-driver": addon(name, "aws-ebs-csi-driver", "v1.66.0-eksbuild.1", {
                    configurationValues: { node: { tolerateAllTaints: true, reservedVolumeAttachments: 4 } },
                    ...identity("ebs-csi-controller-sa", "cluster-addons-aws-ebs-csi-driver"),
                }),
            });
        }
    });
});
