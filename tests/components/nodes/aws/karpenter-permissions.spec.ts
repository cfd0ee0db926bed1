import assert from "node:assert/strict";

import { karpenterController } from "../../../../components/nodes/aws/karpenter-permissions";
import { type PermissionTable, permissionTable, refusedBy, sortedTable } from "../../permission-tables";

const scope = { account: "123456789012", region: "us-east-1", cluster: "ecommerce-eks-prod" };
const permissions = karpenterController({ ...scope, nodeRoleArn: "arn:nodes", queueArn: "arn:queue" });

const ec2 = (kind: string) => `arn:aws:ec2:us-east-1:123456789012:${kind}/*`;
const created = [
    ...[ec2("fleet"), ec2("instance"), ec2("volume"), ec2("network-interface")],
    ...[ec2("launch-template"), ec2("spot-instances-request")],
];
const borrowed = [
    "arn:aws:ec2:us-east-1::image/*",
    "arn:aws:ec2:us-east-1::snapshot/*",
    ec2("security-group"),
    ec2("subnet"),
];
const cluster = "arn:aws:eks:us-east-1:123456789012:cluster/ecommerce-eks-prod";

/** Every action and the resources that it is allowed on. */
const table: PermissionTable = {
    "arc-zonal-shift:GetManagedResource": ["*"],
    "ec2:CreateFleet": [...borrowed, ...created],
    "ec2:CreateLaunchTemplate": created,
    "ec2:CreateTags": created,
    "ec2:DeleteLaunchTemplate": [ec2("instance"), ec2("launch-template")],
    "ec2:DescribeCapacityReservations": ["*"],
    "ec2:DescribeImages": ["*"],
    "ec2:DescribeInstanceStatus": ["*"],
    "ec2:DescribeInstanceTypeOfferings": ["*"],
    "ec2:DescribeInstanceTypes": ["*"],
    "ec2:DescribeInstances": ["*"],
    "ec2:DescribeLaunchTemplates": ["*"],
    "ec2:DescribePlacementGroups": ["*"],
    "ec2:DescribeSecurityGroups": ["*"],
    "ec2:DescribeSpotPriceHistory": ["*"],
    "ec2:DescribeSubnets": ["*"],
    "ec2:RunInstances": [...borrowed, ...created],
    "ec2:TerminateInstances": [ec2("instance"), ec2("launch-template")],
    "eks:DescribeCluster": [cluster],
    "iam:GetInstanceProfile": ["arn:aws:iam::123456789012:instance-profile/*"],
    "iam:ListInstanceProfiles": ["*"],
    "iam:PassRole": ["arn:nodes"],
    "pricing:GetProducts": ["*"],
    "sqs:DeleteMessage": ["arn:queue"],
    "sqs:GetQueueUrl": ["arn:queue"],
    "sqs:ReceiveMessage": ["arn:queue"],
    "ssm:GetParameter": ["arn:aws:ssm:us-east-1::parameter/aws/service/*"],
};

const instance = "arn:aws:ec2:us-east-1:123456789012:instance/i-1";
const owned = (name: string) => ({
    [`aws:ResourceTag/kubernetes.io/cluster/${name}`]: "owned",
    "aws:ResourceTag/karpenter.sh/nodepool": "app",
});
const requested = (name: string) => ({
    [`aws:RequestTag/kubernetes.io/cluster/${name}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": name,
    "aws:RequestTag/karpenter.sh/nodepool": "app",
});
const own = "ecommerce-eks-prod";
const other = "ecommerce-eks-staging";

describe("the permissions of Karpenter's controller", () => {
    it("are these actions on these resources, and none on Google Cloud (D10)", () => {
        assert.deepEqual(permissionTable(permissions.amazon), sortedTable(table));
        assert.deepEqual(permissions.google, []);
    });

    it("create, tag and terminate instances of its cluster and its pools", () => {
        const allowed = {
            create: { action: "ec2:RunInstances", resource: instance, context: requested(own) },
            "tag at creation": {
                action: "ec2:CreateTags",
                resource: instance,
                context: { ...requested(own), "ec2:CreateAction": "RunInstances" },
            },
            "name later": {
                action: "ec2:CreateTags",
                resource: instance,
                context: { ...owned(own), "aws:TagKeys": ["Name"] },
            },
            terminate: { action: "ec2:TerminateInstances", resource: instance, context: owned(own) },
            "pass the nodes' role": {
                action: "iam:PassRole",
                resource: "arn:nodes",
                context: { "iam:PassedToService": "ec2.amazonaws.com" },
            },
        };
        assert.deepEqual(refusedBy(permissions.amazon, allowed), []);
    });

    it("do not reach other instances, roles and clusters", () => {
        const denied = {
            "create for another cluster": {
                action: "ec2:RunInstances",
                resource: instance,
                context: requested(other),
            },
            "create outside of a pool": {
                action: "ec2:RunInstances",
                resource: instance,
                context: { ...requested(own), "aws:RequestTag/karpenter.sh/nodepool": [] },
            },
            "take over an instance by tagging it": {
                action: "ec2:CreateTags",
                resource: instance,
                context: requested(own),
            },
            "change the pool of its instance": {
                action: "ec2:CreateTags",
                resource: instance,
                context: { ...owned(own), "aws:TagKeys": ["karpenter.sh/nodepool"] },
            },
            "terminate another cluster's": {
                action: "ec2:TerminateInstances",
                resource: instance,
                context: owned(other),
            },
            "terminate an untagged one": { action: "ec2:TerminateInstances", resource: instance },
            "pass another role": {
                action: "iam:PassRole",
                resource: "arn:admin",
                context: { "iam:PassedToService": "ec2.amazonaws.com" },
            },
            "pass the nodes' role to a function": {
                action: "iam:PassRole",
                resource: "arn:nodes",
                context: { "iam:PassedToService": "lambda.amazonaws.com" },
            },
        };
        assert.deepEqual(refusedBy(permissions.amazon, denied), Object.keys(denied));
    });
});
