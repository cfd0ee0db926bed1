import type * as pulumi from "@pulumi/pulumi";

import { eksArn } from "../../common/aws/arns";
import type { AmazonStatement, Permissions } from "../../identity/types";

/** Scope of Karpenter's permissions. */
export interface KarpenterScope {
    readonly account: string;
    readonly region: string;
    /** Name of the cluster; plain, since condition keys contain it. */
    readonly cluster: string;
    /** ARN of the nodes' role. */
    readonly nodeRoleArn: pulumi.Input<string>;
    /** ARN of the queue of interruption events. */
    readonly queueArn: pulumi.Input<string>;
}

/**
 * Karpenter's controller: creates, tags and terminates instances with this cluster's tag only. Based on the policy that the
 * project publishes for 1.14, without the creation of instance profiles.
 */
export function karpenterController({ account, region, cluster, nodeRoleArn, queueArn }: KarpenterScope): Permissions {
    const ec2 = (kind: string): string => `arn:aws:ec2:${region}:${account}:${kind}/*`;
    const clusterArn = eksArn({ account, region }, cluster);
    const clusterTag = `kubernetes.io/cluster/${cluster}`;
    const ownedResources = {
        StringEquals: { [`aws:ResourceTag/${clusterTag}`]: "owned" },
        StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
    };
    const requestTags = {
        [`aws:RequestTag/${clusterTag}`]: "owned",
        "aws:RequestTag/eks:eks-cluster-name": cluster,
    };
    const nodePoolTag = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
    const created = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
    const amazon: AmazonStatement[] = [
        {
            actions: ["ec2:CreateFleet", "ec2:RunInstances"],
            resources: [
                // Public images and their snapshots are owned by Amazon.
                `arn:aws:ec2:${region}::image/*`,
                `arn:aws:ec2:${region}::snapshot/*`,
                ec2("security-group"),
                ec2("subnet"),
            ],
        },
        {
            actions: ["ec2:CreateFleet", "ec2:RunInstances"],
            resources: [ec2("launch-template")],
            condition: ownedResources,
        },
        {
            actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
            resources: created.map(ec2),
            condition: { StringEquals: requestTags, StringLike: nodePoolTag },
        },
        {
            // Tags only at creation: another cluster's instance cannot be taken over by tagging it.
            actions: ["ec2:CreateTags"],
            resources: created.map(ec2),
            condition: {
                StringEquals: {
                    ...requestTags,
                    "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
                },
                StringLike: nodePoolTag,
            },
        },
        {
            actions: ["ec2:CreateTags"],
            resources: [ec2("instance")],
            condition: {
                ...ownedResources,
                StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster },
                "ForAllValues:StringEquals": {
                    "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"],
                },
            },
        },
        {
            actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
            resources: [ec2("instance"), ec2("launch-template")],
            condition: ownedResources,
        },
        {
            // These actions have no resource-level permissions.
            actions: [
                "ec2:DescribeCapacityReservations",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceStatus",
                "ec2:DescribeInstanceTypeOfferings",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeInstances",
                "ec2:DescribeLaunchTemplates",
                "ec2:DescribePlacementGroups",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSpotPriceHistory",
                "ec2:DescribeSubnets",
            ],
            resources: ["*"],
            condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
        { actions: ["ssm:GetParameter"], resources: [`arn:aws:ssm:${region}::parameter/aws/service/*`] },
        { actions: ["pricing:GetProducts"], resources: ["*"] },
        { actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], resources: [queueArn] },
        {
            // Only the nodes' role, to EC2: passing other roles would be a privilege escalation.
            actions: ["iam:PassRole"],
            resources: [nodeRoleArn],
            condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        },
        { actions: ["iam:GetInstanceProfile"], resources: [`arn:aws:iam::${account}:instance-profile/*`] },
        { actions: ["iam:ListInstanceProfiles"], resources: ["*"] },
        { actions: ["eks:DescribeCluster"], resources: [clusterArn] },
        {
            actions: ["arc-zonal-shift:GetManagedResource"],
            resources: ["*"],
            condition: {
                StringEquals: { "arc-zonal-shift:ResourceIdentifier": clusterArn },
            },
        },
    ];
    return { google: [], amazon };
}
