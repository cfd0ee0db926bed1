import assert from "node:assert/strict";

import { type AwsSite, awsSites } from "./sites";
import { type Row, rows } from "./tables";
import { ofType, stacks, type StackName, updated } from "./updated";

/** What the load balancer controller may do: create network load balancers, and change those of its cluster. */
function permitted(stack: StackName, { account, region }: AwsSite): Row[] {
    const cluster = `ecommerce-eks-${stack}`;
    const elb = `arn:aws:elasticloadbalancing:${region}:${account}`;
    const balancers = [`${elb}:loadbalancer/net/*/*`, `${elb}:targetgroup/*/*`];
    const listeners = [`${elb}:listener/net/*/*/*`, `${elb}:listener-rule/net/*/*/*`];
    const groups = [`arn:aws:ec2:${region}:${account}:security-group/*`];
    const requested = `StringEquals aws:RequestTag/elbv2.k8s.aws/cluster ${cluster}`;
    const owned = `StringEquals aws:ResourceTag/elbv2.k8s.aws/cluster ${cluster}`;
    const ingress = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
    return [
        [
            "Allow",
            [
                "ec2:DescribeAccountAttributes",
                "ec2:DescribeAddresses",
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeInstances",
                "ec2:DescribeInternetGateways",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeTags",
                "ec2:DescribeVpcs",
                "ec2:GetSecurityGroupsForVpc",
                "elasticloadbalancing:DescribeListenerAttributes",
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "elasticloadbalancing:DescribeLoadBalancers",
                "elasticloadbalancing:DescribeRules",
                "elasticloadbalancing:DescribeTags",
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth",
            ],
            ["*"],
            `StringEquals aws:RequestedRegion ${region}`,
        ],
        [
            "Allow",
            ["iam:CreateServiceLinkedRole"],
            ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
            "StringEquals iam:AWSServiceName elasticloadbalancing.amazonaws.com",
        ],
        [
            "Allow",
            ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
            balancers,
            requested,
        ],
        [
            "Allow",
            [
                "elasticloadbalancing:CreateListener",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:DeregisterTargets",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:RegisterTargets",
                "elasticloadbalancing:RemoveTags",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets",
            ],
            balancers,
            owned,
        ],
        [
            "Allow",
            [
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:RemoveTags",
            ],
            listeners,
            owned,
        ],
        [
            "Allow",
            ["elasticloadbalancing:AddTags"],
            [...balancers, ...listeners],
            "StringEquals elasticloadbalancing:CreateAction CreateLoadBalancer | CreateTargetGroup | CreateListener",
        ],
        ["Allow", ["elasticloadbalancing:AddTags"], [...balancers, ...listeners], owned],
        ["Allow", ["ec2:CreateSecurityGroup"], groups, requested],
        ["Allow", ["ec2:CreateSecurityGroup"], [`arn:aws:ec2:${region}:${account}:vpc/*`]],
        ["Allow", ["ec2:CreateTags"], groups, "StringEquals ec2:CreateAction CreateSecurityGroup", requested],
        ["Allow", ["ec2:DeleteSecurityGroup"], groups, owned],
        // The cluster security group has this tag: load balancers need access to the pods.
        ["Allow", ingress, groups, `StringEquals aws:ResourceTag/kubernetes.io/cluster/${cluster} owned`],
        ["Allow", ingress, groups, owned],
    ];
}

for (const stack of stacks) {
    describe(`the load balancer controller of ${stack} on AWS`, () => {
        it("may do this, to resources of its cluster (D10)", async () => {
            const policies = ofType(await updated(stack, "aws"), "aws:iam/rolePolicy:RolePolicy");
            const granted = rows(policies["addons-aws-load-balancer-controller"]?.["policy"]);
            assert.deepEqual(granted, permitted(stack, awsSites[stack]));
        });
    });
}
