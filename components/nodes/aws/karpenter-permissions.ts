import type * as pulumi from "@pulumi/pulumi";

import type { AmazonStatement, Permissions } from "../../identity/types";

/** What Karpenter works with. */
export interface KarpenterScope {
    readonly account: string;
    readonly region: string;
    /** Name of the cluster; plain, as condition keys are made of it. */
    readonly cluster: string;
    /** ARN of the role that its nodes work under. */
    readonly nodeRoleArn: pulumi.Input<string>;
    /** ARN of the queue that tells it of interruptions. */
    readonly queueArn: pulumi.Input<string>;
}

/**
 * Karpenter's controller: starts, tags and ends machines that carry this cluster's tag, and no others. After the policy
 * that the project publishes for 1.14, without the making of instance profiles: ours is made beforehand.
 */
export function karpenterController({ account, region, cluster, nodeRoleArn, queueArn }: KarpenterScope): Permissions {
    const ec2 = (kind: string): string => `arn:aws:ec2:${region}:${account}:${kind}/*`;
    const owned = `kubernetes.io/cluster/${cluster}`;
    const mine = {
        StringEquals: { [`aws:ResourceTag/${owned}`]: "owned" },
        StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
    };
    const tagged = {
        [`aws:RequestTag/${owned}`]: "owned",
        "aws:RequestTag/eks:eks-cluster-name": cluster,
    };
    const ofSomePool = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
    const created = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];
    const amazon: AmazonStatement[] = [
        {
            actions: ["ec2:CreateFleet", "ec2:RunInstances"],
            resources: [
                // Public images and their snapshots belong to Amazon, not to the account.
                `arn:aws:ec2:${region}::image/*`,
                `arn:aws:ec2:${region}::snapshot/*`,
                ec2("security-group"),
                ec2("subnet"),
            ],
        },
        { actions: ["ec2:CreateFleet", "ec2:RunInstances"], resources: [ec2("launch-template")], condition: mine },
        {
            actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
            resources: created.map(ec2),
            condition: { StringEquals: tagged, StringLike: ofSomePool },
        },
        {
            // Tags only while it makes the thing: another cluster's machine cannot be claimed by tagging it.
            actions: ["ec2:CreateTags"],
            resources: created.map(ec2),
            condition: {
                StringEquals: {
                    ...tagged,
                    "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
                },
                StringLike: ofSomePool,
            },
        },
        {
            actions: ["ec2:CreateTags"],
            resources: [ec2("instance")],
            condition: {
                ...mine,
                StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster },
                "ForAllValues:StringEquals": {
                    "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"],
                },
            },
        },
        {
            actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
            resources: [ec2("instance"), ec2("launch-template")],
            condition: mine,
        },
        {
            // EC2 answers these for all or for none.
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
            // To machines, and the nodes' role alone: any other role passed on would be a way up.
            actions: ["iam:PassRole"],
            resources: [nodeRoleArn],
            condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        },
        { actions: ["iam:GetInstanceProfile"], resources: [`arn:aws:iam::${account}:instance-profile/*`] },
        { actions: ["iam:ListInstanceProfiles"], resources: ["*"] },
        { actions: ["eks:DescribeCluster"], resources: [`arn:aws:eks:${region}:${account}:cluster/${cluster}`] },
        {
            actions: ["arc-zonal-shift:GetManagedResource"],
            resources: ["*"],
            condition: {
                StringEquals: {
                    "arc-zonal-shift:ResourceIdentifier": `arn:aws:eks:${region}:${account}:cluster/${cluster}`,
                },
            },
        },
    ];
    return { google: [], amazon };
}
