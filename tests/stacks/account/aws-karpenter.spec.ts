import assert from "node:assert/strict";

import { type AwsSite, awsSites } from "./sites";
import { type Row, rows, table } from "./tables";
import { ofType, stacks, type StackName, updated } from "./updated";

/** What the controller may do: create instances with this cluster's tags, and end those only. */
function permitted(stack: StackName, { account, region }: AwsSite): Row[] {
    const cluster = `ecommerce-eks-${stack}`;
    const clusterArn = `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
    const owned = [
        `StringEquals aws:ResourceTag/kubernetes.io/cluster/${cluster} owned`,
        "StringLike aws:ResourceTag/karpenter.sh/nodepool *",
    ];
    const requested = [
        `StringEquals aws:RequestTag/kubernetes.io/cluster/${cluster} owned`,
        `StringEquals aws:RequestTag/eks:eks-cluster-name ${cluster}`,
    ];
    const ofPool = "StringLike aws:RequestTag/karpenter.sh/nodepool *";
    const ec2 = `arn:aws:ec2:${region}:${account}`;
    const created = [
        `${ec2}:fleet/*`,
        `${ec2}:instance/*`,
        `${ec2}:volume/*`,
        `${ec2}:network-interface/*`,
        `${ec2}:launch-template/*`,
        `${ec2}:spot-instances-request/*`,
    ];
    return [
        [
            "Allow",
            ["ec2:CreateFleet", "ec2:RunInstances"],
            [
                `arn:aws:ec2:${region}::image/*`,
                `arn:aws:ec2:${region}::snapshot/*`,
                `${ec2}:security-group/*`,
                `${ec2}:subnet/*`,
            ],
        ],
        ["Allow", ["ec2:CreateFleet", "ec2:RunInstances"], [`${ec2}:launch-template/*`], ...owned],
        ["Allow", ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"], created, ...requested, ofPool],
        [
            "Allow",
            ["ec2:CreateTags"],
            created,
            ...requested,
            "StringEquals ec2:CreateAction RunInstances | CreateFleet | CreateLaunchTemplate",
            ofPool,
        ],
        [
            "Allow",
            ["ec2:CreateTags"],
            [`${ec2}:instance/*`],
            ...owned,
            `StringEqualsIfExists aws:RequestTag/eks:eks-cluster-name ${cluster}`,
            "ForAllValues:StringEquals aws:TagKeys eks:eks-cluster-name | karpenter.sh/nodeclaim | Name",
        ],
        [
            "Allow",
            ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
            [`${ec2}:instance/*`, `${ec2}:launch-template/*`],
            ...owned,
        ],
        [
            "Allow",
            [
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
            ["*"],
            `StringEquals aws:RequestedRegion ${region}`,
        ],
        ["Allow", ["ssm:GetParameter"], [`arn:aws:ssm:${region}::parameter/aws/service/*`]],
        ["Allow", ["pricing:GetProducts"], ["*"]],
        ["Allow", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], ["queue:nodes-karpenter"]],
        ["Allow", ["iam:PassRole"], ["role:cluster-nodes"], "StringEquals iam:PassedToService ec2.amazonaws.com"],
        ["Allow", ["iam:GetInstanceProfile"], [`arn:aws:iam::${account}:instance-profile/*`]],
        ["Allow", ["iam:ListInstanceProfiles"], ["*"]],
        ["Allow", ["eks:DescribeCluster"], [clusterArn]],
        [
            "Allow",
            ["arc-zonal-shift:GetManagedResource"],
            ["*"],
            `StringEquals arc-zonal-shift:ResourceIdentifier ${clusterArn}`,
        ],
    ];
}

const events: Readonly<Record<string, readonly [source: string, detailType: string]>> = {
    "nodes-karpenter-health": ["aws.health", "AWS Health Event"],
    "nodes-karpenter-rebalance": ["aws.ec2", "EC2 Instance Rebalance Recommendation"],
    "nodes-karpenter-spot": ["aws.ec2", "EC2 Spot Instance Interruption Warning"],
    "nodes-karpenter-state": ["aws.ec2", "EC2 Instance State-change Notification"],
};

for (const stack of stacks) {
    describe(`Karpenter's account of ${stack} on AWS`, () => {
        it("may do this, to resources of its cluster (D10, CL-12)", async () => {
            const policies = ofType(await updated(stack, "aws"), "aws:iam/rolePolicy:RolePolicy");
            const granted = rows(policies["nodes-karpenter-controller"]?.["policy"]);
            assert.deepEqual(granted, permitted(stack, awsSites[stack]));
        });

        it("has an encrypted queue that its four rules, and no others, may send to, over TLS", async () => {
            const all = await updated(stack, "aws");
            const queue = { messageRetentionSeconds: 300, sqsManagedSseEnabled: true };
            assert.deepEqual(ofType(all, "aws:sqs/queue:Queue"), { "nodes-karpenter": queue });
            const { policy, ...of } = ofType(all, "aws:sqs/queuePolicy:QueuePolicy")["nodes-karpenter"] ?? {};
            assert.deepEqual(of, { queueUrl: "https://nodes-karpenter" });
            const rules = ["spot", "rebalance", "state", "health"].map((key) => `rule:nodes-karpenter-${key}`);
            assert.deepEqual(rows(policy), [
                [
                    "OurRules: Allow Service events.amazonaws.com",
                    "sqs:SendMessage",
                    "queue:nodes-karpenter",
                    `ArnEquals aws:SourceArn ${rules.join(" | ")}`,
                ],
                ["OverTlsOnly: Deny *", "sqs:*", "queue:nodes-karpenter", "Bool aws:SecureTransport false"],
            ]);
        });

        it("is told of these events (CL-12)", async () => {
            const all = await updated(stack, "aws");
            const rules = ofType(all, "aws:cloudwatch/eventRule:EventRule");
            const patterns = table(Object.keys(rules), (name) => {
                const { eventPattern, ...others } = rules[name] ?? {};
                return { ...others, pattern: JSON.parse(eventPattern as string) as unknown };
            });
            assert.deepEqual(
                patterns,
                table(Object.keys(events), (name) => {
                    const [source, detailType] = events[name] ?? [];
                    return { pattern: { source: [source], "detail-type": [detailType] } };
                }),
            );
            assert.deepEqual(
                ofType(all, "aws:cloudwatch/eventTarget:EventTarget"),
                table(Object.keys(events), (name) => ({ rule: `${name}-rule`, arn: "queue:nodes-karpenter" })),
            );
        });
    });
}
