import type { AmazonStatement, Permissions } from "../../identity/types";

/** Scope of the AWS load balancer controller's permissions. */
export interface LoadBalancerScope {
    readonly account: string;
    readonly region: string;
    /** Name of the cluster; the controller tags all its resources with it. */
    readonly cluster: string;
}

/**
 * The AWS load balancer controller, for Services of type LoadBalancer: creates network load balancers, and changes or
 * deletes those of this cluster only. The published policy also allows WAF, Shield and Cognito, which are for Ingresses;
 * the platform has none.
 */
export function loadBalancerController({ account, region, cluster }: LoadBalancerScope): Permissions {
    const elbArn = (kind: string): string => `arn:aws:elasticloadbalancing:${region}:${account}:${kind}`;
    const securityGroups = `arn:aws:ec2:${region}:${account}:security-group/*`;
    const requestTag = { StringEquals: { "aws:RequestTag/elbv2.k8s.aws/cluster": cluster } };
    const resourceTag = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster } };
    const loadBalancers = [elbArn("loadbalancer/net/*/*"), elbArn("targetgroup/*/*")];
    const listeners = [elbArn("listener/net/*/*/*"), elbArn("listener-rule/net/*/*/*")];
    const amazon: AmazonStatement[] = [
        {
            // These actions have no resource-level permissions.
            actions: [
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
            resources: ["*"],
            condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
        {
            // The account's first load balancer creates the service-linked role.
            actions: ["iam:CreateServiceLinkedRole"],
            resources: ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
            condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        },
        {
            actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
            resources: loadBalancers,
            condition: requestTag,
        },
        {
            actions: [
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
            resources: loadBalancers,
            condition: resourceTag,
        },
        {
            actions: [
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:RemoveTags",
            ],
            resources: listeners,
            condition: resourceTag,
        },
        {
            // Tags at creation, and its own resources later: other resources cannot be taken over by tagging them.
            actions: ["elasticloadbalancing:AddTags"],
            resources: [...loadBalancers, ...listeners],
            condition: {
                StringEquals: {
                    "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
                },
            },
        },
        {
            actions: ["elasticloadbalancing:AddTags"],
            resources: [...loadBalancers, ...listeners],
            condition: resourceTag,
        },
        { actions: ["ec2:CreateSecurityGroup"], resources: [securityGroups], condition: requestTag },
        { actions: ["ec2:CreateSecurityGroup"], resources: [`arn:aws:ec2:${region}:${account}:vpc/*`] },
        {
            actions: ["ec2:CreateTags"],
            resources: [securityGroups],
            condition: {
                StringEquals: {
                    "ec2:CreateAction": "CreateSecurityGroup",
                    "aws:RequestTag/elbv2.k8s.aws/cluster": cluster,
                },
            },
        },
        {
            actions: ["ec2:DeleteSecurityGroup"],
            resources: [securityGroups],
            condition: resourceTag,
        },
        {
            // The cluster security group, which has the cluster's tag: load balancers need access to the pods.
            actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            resources: [securityGroups],
            condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" } },
        },
        {
            actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            resources: [securityGroups],
            condition: resourceTag,
        },
    ];
    return { google: [], amazon };
}
