import assert from "node:assert/strict";

import { loadBalancerController } from "../../../../components/addons/aws/load-balancer-permissions";
import { type PermissionTable, permissionTable, refusedBy, sortedTable } from "../../permission-tables";

const own = "ecommerce-eks-prod";
const permissions = loadBalancerController({ account: "123456789012", region: "us-east-1", cluster: own });

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const balancers = [`${elb}:loadbalancer/net/*/*`, `${elb}:targetgroup/*/*`];
const listeners = [`${elb}:listener/net/*/*/*`, `${elb}:listener-rule/net/*/*/*`];
const groups = ["arn:aws:ec2:us-east-1:123456789012:security-group/*"];

const read = [
    ...["ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeAvailabilityZones"],
    ...["ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeNetworkInterfaces"],
    ...["ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags"],
    ...["ec2:DescribeVpcs", "ec2:GetSecurityGroupsForVpc", "elasticloadbalancing:DescribeListenerAttributes"],
    ...["elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes"],
    ...["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules"],
    ...["elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetGroupAttributes"],
    ...["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"],
];

/** Actions that change something, and the resources that each is allowed on. */
const changes: PermissionTable = {
    "ec2:AuthorizeSecurityGroupIngress": groups,
    "ec2:CreateSecurityGroup": [...groups, "arn:aws:ec2:us-east-1:123456789012:vpc/*"],
    "ec2:CreateTags": groups,
    "ec2:DeleteSecurityGroup": groups,
    "ec2:RevokeSecurityGroupIngress": groups,
    "elasticloadbalancing:AddTags": [...balancers, ...listeners],
    "elasticloadbalancing:CreateListener": balancers,
    "elasticloadbalancing:CreateLoadBalancer": balancers,
    "elasticloadbalancing:CreateTargetGroup": balancers,
    "elasticloadbalancing:DeleteListener": listeners,
    "elasticloadbalancing:DeleteLoadBalancer": balancers,
    "elasticloadbalancing:DeleteTargetGroup": balancers,
    "elasticloadbalancing:DeregisterTargets": balancers,
    "elasticloadbalancing:ModifyListener": listeners,
    "elasticloadbalancing:ModifyListenerAttributes": listeners,
    "elasticloadbalancing:ModifyLoadBalancerAttributes": balancers,
    "elasticloadbalancing:ModifyTargetGroup": balancers,
    "elasticloadbalancing:ModifyTargetGroupAttributes": balancers,
    "elasticloadbalancing:RegisterTargets": balancers,
    "elasticloadbalancing:RemoveTags": [...balancers, ...listeners],
    "elasticloadbalancing:SetSecurityGroups": balancers,
    "elasticloadbalancing:SetSubnets": balancers,
    "iam:CreateServiceLinkedRole": ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
};

const balancer = `${elb}:loadbalancer/net/shop/1a`;
const group = "arn:aws:ec2:us-east-1:123456789012:security-group/sg-1";
const tagged = (cluster: string) => ({ "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster });

describe("the permissions of the load balancer controller on AWS", () => {
    it("are these actions on these resources, and none on Google Cloud (D10)", () => {
        const readable = Object.fromEntries(read.map((action) => [action, ["*"]]));
        assert.deepEqual(permissionTable(permissions.amazon), sortedTable({ ...changes, ...readable }));
        assert.deepEqual(permissions.google, []);
    });

    it("change load balancers and security groups of its cluster", () => {
        const allowed = {
            delete: { action: "elasticloadbalancing:DeleteLoadBalancer", resource: balancer, context: tagged(own) },
            open: { action: "ec2:AuthorizeSecurityGroupIngress", resource: group, context: tagged(own) },
            "open the cluster's group": {
                action: "ec2:AuthorizeSecurityGroupIngress",
                resource: group,
                context: { [`aws:ResourceTag/kubernetes.io/cluster/${own}`]: "owned" },
            },
        };
        assert.deepEqual(refusedBy(permissions.amazon, allowed), []);
    });

    it("do not reach those of others", () => {
        const denied = {
            "delete another cluster's": {
                action: "elasticloadbalancing:DeleteLoadBalancer",
                resource: balancer,
                context: tagged("ecommerce-eks-staging"),
            },
            "delete an untagged one": { action: "elasticloadbalancing:DeleteLoadBalancer", resource: balancer },
            "delete an application load balancer": {
                action: "elasticloadbalancing:DeleteLoadBalancer",
                resource: `${elb}:loadbalancer/app/shop/1a`,
                context: tagged(own),
            },
            "take over a load balancer by tagging it": {
                action: "elasticloadbalancing:AddTags",
                resource: balancer,
            },
            "open another group": { action: "ec2:AuthorizeSecurityGroupIngress", resource: group },
            "create another service's role": {
                action: "iam:CreateServiceLinkedRole",
                resource: "arn:aws:iam::123456789012:role/aws-service-role/elasticloadbalancing.amazonaws.com/x",
                context: { "iam:AWSServiceName": "organizations.amazonaws.com" },
            },
        };
        assert.deepEqual(refusedBy(permissions.amazon, denied), Object.keys(denied));
    });
});
