import assert from "node:assert/strict";

import { isAllowed, type Policy, type Request } from "./evaluator";
import { printed, type Printed } from "./documents";

const iam = "arn:aws:iam::333333333333";
const own = `${iam}:role/ecommerce/prod/cluster-nodes-1a2b3c4`;
const boundary = { "iam:PermissionsBoundary": `${iam}:policy/ecommerce-prod-boundary` };
const inRegion = { "aws:RequestedRegion": "us-east-1" };
const eks = "arn:aws:eks:us-east-1:333333333333";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const workers = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";

type Attempts = Readonly<Record<string, readonly [action: string, resource: string, context?: Request["context"]]>>;

/** What a deployer would do to get more permissions than its own. */
const escalations: Attempts = {
    "create a role without a boundary": ["iam:CreateRole", own],
    "create a role with another boundary": ["iam:CreateRole", own, { "iam:PermissionsBoundary": administrator }],
    "create a role outside of the stack's path": ["iam:CreateRole", `${iam}:role/admin`, boundary],
    "create a role in the path of another stack": ["iam:CreateRole", `${iam}:role/ecommerce/prod-dr/x`, boundary],
    "add a policy to its own role": ["iam:PutRolePolicy", `${iam}:role/ecommerce-deployer`],
    "add a policy to a role without a boundary": ["iam:PutRolePolicy", own],
    "attach a policy to its own role": [
        "iam:AttachRolePolicy",
        `${iam}:role/ecommerce-deployer`,
        { "iam:PolicyARN": administrator },
    ],
    "attach an administrator's policy to a role of the stack": [
        "iam:AttachRolePolicy",
        own,
        { ...boundary, "iam:PolicyARN": administrator },
    ],
    "attach a policy to a role without a boundary": ["iam:AttachRolePolicy", own, { "iam:PolicyARN": workers }],
    "remove a role's boundary": ["iam:DeleteRolePermissionsBoundary", own, boundary],
    "replace a role's boundary": ["iam:PutRolePermissionsBoundary", own, { "iam:PermissionsBoundary": administrator }],
    "change the boundary's policy": ["iam:CreatePolicyVersion", boundary["iam:PermissionsBoundary"]],
    "restore an earlier version of the boundary's policy": [
        "iam:SetDefaultPolicyVersion",
        boundary["iam:PermissionsBoundary"],
    ],
    "delete the boundary's policy": ["iam:DeletePolicy", boundary["iam:PermissionsBoundary"]],
    "pass another role to an instance": [
        "iam:PassRole",
        `${iam}:role/admin`,
        { "iam:PassedToService": "ec2.amazonaws.com" },
    ],
    "pass a role to a function": ["iam:PassRole", own, { "iam:PassedToService": "lambda.amazonaws.com" }],
    "put another role into an instance profile": ["iam:AddRoleToInstanceProfile", `${iam}:instance-profile/admin`],
    "change who may assume another role": ["iam:UpdateAssumeRolePolicy", `${iam}:role/admin`],
    "assume another role": ["sts:AssumeRole", `${iam}:role/admin`],
    "create a user": ["iam:CreateUser", `${iam}:user/me`],
    "create an access key": ["iam:CreateAccessKey", `${iam}:user/admin`],
    "create a service-linked role of another service": [
        "iam:CreateServiceLinkedRole",
        `${iam}:role/aws-service-role/organizations.amazonaws.com/x`,
        { "iam:AWSServiceName": "organizations.amazonaws.com" },
    ],
    "give itself access to another cluster": [
        "eks:CreateAccessEntry",
        `${eks}:cluster/ecommerce-eks-prod-dr`,
        inRegion,
    ],
    "give pods of another cluster a role": [
        "eks:CreatePodIdentityAssociation",
        `${eks}:cluster/ecommerce-eks-prod-dr`,
        inRegion,
    ],
    "delete a version of a locked backup": [
        "s3:DeleteObjectVersion",
        "arn:aws:s3:::shop-backup-prod-333333333333-us-east-1/base.tar",
    ],
    "delete a backup": ["s3:DeleteObject", "arn:aws:s3:::shop-backup-prod-333333333333-us-east-1/base.tar"],
    "bypass the retention of an audit log": [
        "s3:BypassGovernanceRetention",
        "arn:aws:s3:::shop-audit-prod-333333333333-us-east-1/log.json.gz",
    ],
};

/** What the same policies have to allow: a deployment does all of it. */
const deployment: Attempts = {
    "create a role with the boundary": ["iam:CreateRole", own, boundary],
    "add a policy to it": ["iam:PutRolePolicy", own, boundary],
    "set its boundary": ["iam:PutRolePermissionsBoundary", own, boundary],
    "attach a policy of the plan": ["iam:AttachRolePolicy", own, { ...boundary, "iam:PolicyARN": workers }],
    "detach it": ["iam:DetachRolePolicy", own, { ...boundary, "iam:PolicyARN": workers }],
    "delete the role": ["iam:DeleteRole", own],
    "pass it to instances": ["iam:PassRole", own, { "iam:PassedToService": "ec2.amazonaws.com" }],
    "put it into the stack's instance profile": [
        "iam:AddRoleToInstanceProfile",
        `${iam}:instance-profile/ecommerce/prod/nodes-karpenter-1a2b3c4`,
    ],
    "read the service-linked role of node groups": [
        "iam:GetRole",
        `${iam}:role/aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup`,
    ],
    "assume the cluster's admin role": ["sts:AssumeRole", `${iam}:role/ecommerce/prod/ecommerce-eks-prod-admin`],
    "create the cluster": ["eks:CreateCluster", "*", inRegion],
    "give the admin role access": ["eks:CreateAccessEntry", `${eks}:cluster/ecommerce-eks-prod`, inRegion],
    "associate its policy": [
        "eks:AssociateAccessPolicy",
        `${eks}:access-entry/ecommerce-eks-prod/role/333333333333/ecommerce-eks-prod-admin/1a`,
        inRegion,
    ],
    "create a private endpoint": ["route53:AssociateVPCWithHostedZone", "arn:aws:route53:::hostedzone/Z1"],
    "tag a bucket": ["s3:TagResource", "arn:aws:s3:::shop-logs-prod-333333333333-us-east-1"],
};

function refused(attempts: Attempts, { deployer }: Printed): string[] {
    return Object.entries(attempts).flatMap(([what, [action, resource, context]]) =>
        isAllowed({ action, resource, ...(context === undefined ? {} : { context }) }, deployer) ? [] : [what],
    );
}

describe("the deployer's policies on AWS", () => {
    it("do not allow the deployer to get more permissions than its own", async () => {
        assert.deepEqual(refused(escalations, await printed("prod")), Object.keys(escalations));
    });

    it("allow what a deployment does", async () => {
        assert.deepEqual(refused(deployment, await printed("prod")), []);
    });

    it("allow the first of these, and policies on the stack's roles, without aws.permissionsBoundary", async () => {
        const dev = await printed("dev");
        assert.equal(dev.boundary, undefined);
        const role = "arn:aws:iam::111111111111:role/ecommerce/dev/x";
        assert.equal(isAllowed({ action: "iam:CreateRole", resource: role }, dev.deployer), true);
        assert.equal(isAllowed({ action: "iam:PutRolePolicy", resource: role }, dev.deployer), true);
        assert.equal(isAllowed({ action: "iam:PutRolePolicy", resource: `${iam}:role/x` }, dev.deployer), false);
    });
});

describe("a role that a deployer creates", () => {
    const all: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

    /** Requests of a role whose own policies allow everything. */
    const requests: Readonly<Record<string, readonly [...Attempts[string], allowed: boolean]>> = {
        "changes IAM": ["iam:CreateUser", `${iam}:user/me`, {}, false],
        "adds policies": ["iam:PutRolePolicy", own, boundary, false],
        "assumes another role": ["sts:AssumeRole", `${iam}:role/admin`, {}, false],
        "passes another role": [
            "iam:PassRole",
            `${iam}:role/admin`,
            { "iam:PassedToService": "ec2.amazonaws.com" },
            false,
        ],
        "reads another stack's secrets": [
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:us-east-1:333333333333:secret:ecommerce-platform-staging-db-1a",
            inRegion,
            false,
        ],
        "reads another bucket": ["s3:GetObject", "arn:aws:s3:::payroll/2026.csv", {}, false],
        "deletes a version of a backup": [
            "s3:DeleteObjectVersion",
            "arn:aws:s3:::shop-backup-prod-333333333333-us-east-1/base.tar",
            {},
            false,
        ],
        "decrypts other data": ["kms:Decrypt", "arn:aws:kms:us-east-1:333333333333:key/1", {}, false],
        "creates instances in another region": [
            "ec2:RunInstances",
            "arn:aws:ec2:eu-west-1:333333333333:instance/*",
            { "aws:RequestedRegion": "eu-west-1" },
            false,
        ],
        "creates instances in its region": [
            "ec2:RunInstances",
            "arn:aws:ec2:us-east-1:333333333333:instance/*",
            inRegion,
            true,
        ],
        "reads the stack's secrets": [
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:us-east-1:333333333333:secret:ecommerce-platform-prod-db-1a",
            inRegion,
            true,
        ],
    };

    it("is bounded, whatever policies it has", async () => {
        const { boundary: limit } = await printed("prod");
        assert.ok(limit !== undefined);
        const found = Object.entries(requests).map(([what, [action, resource, context = {}]]) => {
            return [what, isAllowed({ action, resource, context }, { policies: [all], boundary: limit })];
        });
        assert.deepEqual(
            Object.fromEntries(found),
            Object.fromEntries(Object.entries(requests).map(([what, request]) => [what, request.at(-1)])),
        );
    });
});
