import type { AmazonStatement, Permissions } from "../../identity/types";

/** What the AWS load balancer controller works on. */
export interface LoadBalancerScope {
    readonly account: string;
    readonly region: string;
    /** Name of the cluster; the controller tags all that it makes with it. */
    readonly cluster: string;
}

/**
 * The AWS load balancer controller, for Services of type LoadBalancer: it makes network load balancers, and changes or
 * deletes those of this cluster only. The published policy also has web firewalls, Shield and Cognito, which are for
 * Ingresses that the platform does not have.
 */
export function loadBalancerController({ account, region, cluster }: LoadBalancerScope): Permissions {
    const balancing = (kind: string): string => `arn:aws:elasticloadbalancing:${region}:${account}:${kind}`;
    const group = `arn:aws:ec2:${region}:${account}:security-group/*`;
    const asked = { StringEquals: { "aws:RequestTag/elbv2.k8s.aws/cluster": cluster } };
    const mine = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster } };
    const whole = [balancing("loadbalancer/net/*/*"), balancing("targetgroup/*/*")];
    const listeners = [balancing("listener/net/*/*/*"), balancing("listener-rule/net/*/*/*")];
    const amazon: AmazonStatement[] = [
        {
            // Neither service narrows these to a resource.
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
            // The account's first load balancer needs the service's own role.
            actions: ["iam:CreateServiceLinkedRole"],
            resources: ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
            condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        },
        {
            actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
            resources: whole,
            condition: asked,
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
            resources: whole,
            condition: mine,
        },
        {
            actions: [
                "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:ModifyListener",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:RemoveTags",
            ],
            resources: listeners,
            condition: mine,
        },
        {
            // Tags what it makes, and what it made: never claims what is somebody else's.
            actions: ["elasticloadbalancing:AddTags"],
            resources: [...whole, ...listeners],
            condition: {
                StringEquals: {
                    "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
                },
            },
        },
        { actions: ["elasticloadbalancing:AddTags"], resources: [...whole, ...listeners], condition: mine },
        { actions: ["ec2:CreateSecurityGroup"], resources: [group], condition: asked },
        { actions: ["ec2:CreateSecurityGroup"], resources: [`arn:aws:ec2:${region}:${account}:vpc/*`] },
        {
            actions: ["ec2:CreateTags"],
            resources: [group],
            condition: {
                StringEquals: {
                    "ec2:CreateAction": "CreateSecurityGroup",
                    "aws:RequestTag/elbv2.k8s.aws/cluster": cluster,
                },
            },
        },
        {
            actions: ["ec2:DeleteSecurityGroup"],
            resources: [group],
            condition: mine,
        },
        {
            // The nodes' group too, which carries the cluster's own tag: the balancer has to reach the pods.
            actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            resources: [group],
            condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" } },
        },
        {
            actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            resources: [group],
            condition: mine,
        },
    ];
    return { google: [], amazon };
}
