import assert from "node:assert/strict";

import { boundaryPolicy } from "../../../tools/permissions/boundary";
import { ofType, stacks, updated } from "../../stacks/account/updated";
import { awsSites } from "../../stacks/account/sites";
import { isAllowed, type PolicyStatement } from "./evaluator";

const all: PolicyStatement = { Effect: "Allow", Action: "*", Resource: "*" };

/** A resource that a pattern matches, with ARNs for the names that stand for them in the plan. */
function sample(pattern: string, account: string, region: string): string {
    const arns: Readonly<Record<string, string>> = {
        "key:": `arn:aws:kms:${region}:${account}:key/`,
        "queue:": `arn:aws:sqs:${region}:${account}:`,
        "logs:": `arn:aws:logs:${region}:${account}:log-group:`,
        "role:": `arn:aws:iam::${account}:role/ecommerce/STACK/`,
    };
    const short = Object.keys(arns).find((prefix) => pattern.startsWith(prefix));
    const arn = short === undefined ? pattern : pattern.replace(short, arns[short] ?? "");
    return arn.replace("arn:aws:iam::*", `arn:aws:iam::${account}`).replaceAll("*", "x");
}

/** The first value of each condition key of a statement. */
function contextOf({ Condition = {} }: PolicyStatement): Record<string, string> {
    const tests = Object.values(Condition).flatMap((keys) => Object.entries(keys));
    return Object.fromEntries(tests.map(([key, values]) => [key, typeof values === "string" ? values : values[0]!]));
}

/** Requests of a stack's roles that their boundary does not allow. */
async function cut(stack: (typeof stacks)[number]): Promise<string[]> {
    const { account, region, drRegion } = awsSites[stack];
    const regions = drRegion === undefined ? [region] : [region, drRegion];
    const readBuckets = stack === "prod-dr" ? [`shop-backup-prod-${account}-${region}`] : [];
    const boundary = boundaryPolicy({ stack, account, regions, readBuckets });
    const policies = ofType(await updated(stack, "aws"), "aws:iam/rolePolicy:RolePolicy");
    const documents = Object.entries(policies).map(([name, { policy }]) => [name, policy as string] as const);
    assert.ok(documents.length >= 6, documents.map(([name]) => name).join(", "));
    return documents.flatMap(([name, text]) =>
        (JSON.parse(text) as { Statement: PolicyStatement[] }).Statement.flatMap((statement) => {
            const context = { "aws:RequestedRegion": region, ...contextOf(statement) };
            const resources = [statement.Resource].flat().map((one) => sample(one, account, region));
            return [statement.Action].flat().flatMap((action) =>
                resources
                    .map((resource) => resource.replace("STACK", stack))
                    .filter((resource) => {
                        const request = { action, resource, context };
                        return !isAllowed(request, { policies: [{ Statement: [all] }], boundary });
                    })
                    .map((resource) => `${name}: ${action} ${resource}`),
            );
        }),
    );
}

/** Actions of the managed policies for other services than EC2 and load balancing, and of the keys' policies for volumes. */
const others = [
    ...["autoscaling:DescribeAutoScalingGroups", "autoscaling:UpdateAutoScalingGroup", "kms:DescribeKey"],
    ...["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity", "ecr:GetAuthorizationToken", "ecr:BatchGetImage"],
    ...["ecr:GetDownloadUrlForLayer", "ecr:BatchImportUpstreamImage"],
    ...["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext"],
    ...["kms:ReEncryptFrom", "kms:ReEncryptTo", "ec2:AssignPrivateIpAddresses", "ec2:CreateVolume"],
    "elasticloadbalancing:CreateLoadBalancer",
];

describe("the permissions boundary of a stack's roles", () => {
    for (const stack of stacks) {
        it(`allows what each role of ${stack} may do by its own policy`, async () => {
            assert.deepEqual(await cut(stack), []);
        });
    }

    it("allows what the managed policies and the keys of volumes allow", () => {
        const boundary = boundaryPolicy({
            stack: "prod",
            account: "333333333333",
            regions: ["us-east-1"],
            readBuckets: [],
        });
        const context = { "aws:RequestedRegion": "us-east-1", "kms:ViaService": "ec2.us-east-1.amazonaws.com" };
        const resource = "arn:aws:kms:us-east-1:333333333333:key/1";
        const refused = others.filter(
            (action) => !isAllowed({ action, resource, context }, { policies: [{ Statement: [all] }], boundary }),
        );
        assert.deepEqual(refused, []);
    });

    it("of a replica adds the reading of its primary's backups, and no writing (BK-04)", () => {
        const bucket = "shop-backup-prod-333333333333-us-west-2";
        const args = { stack: "prod-dr", account: "333333333333", regions: ["us-west-2"] };
        const own = boundaryPolicy({ ...args, readBuckets: [] }).Statement.map((one) => JSON.stringify(one));
        assert.deepEqual(
            boundaryPolicy({ ...args, readBuckets: [bucket] }).Statement.filter(
                (one) => !own.includes(JSON.stringify(one)),
            ),
            [
                {
                    Effect: "Allow",
                    Action: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"],
                    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
                },
            ],
        );
    });

    it("has exactly these actions, and data of the stack only", () => {
        const boundary = boundaryPolicy({
            stack: "prod",
            account: "333333333333",
            regions: ["us-east-1"],
            readBuckets: [],
        });
        const rows = boundary.Statement.map(({ Action, Resource, Condition }) => [
            [...Action].join(" "),
            [Resource].flat().join(" "),
            ...(Condition === undefined ? [] : [Condition]),
        ]);
        const iam = "arn:aws:iam::333333333333";
        const buckets = "arn:aws:s3:::shop-*-prod-333333333333-*";
        const keys = "arn:aws:kms:*:333333333333:key/*";
        assert.deepEqual(rows, [
            [
                "arc-zonal-shift:GetManagedResource autoscaling:DescribeAutoScalingGroups " +
                    "autoscaling:UpdateAutoScalingGroup ec2:* ecr:BatchGetImage ecr:BatchImportUpstreamImage " +
                    "ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer eks:DescribeCluster " +
                    "eks-auth:AssumeRoleForPodIdentity elasticloadbalancing:* logs:CreateLogStream " +
                    "logs:DescribeLogGroups logs:DescribeLogStreams logs:PutLogEvents sqs:DeleteMessage " +
                    "sqs:GetQueueUrl sqs:ReceiveMessage",
                "*",
                { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } },
            ],
            [
                "s3:GetObject s3:GetObjectLegalHold s3:GetObjectRetention s3:GetObjectVersionAcl " +
                    "s3:GetObjectVersionForReplication s3:GetObjectVersionTagging s3:ListBucket s3:PutObject " +
                    "s3:GetReplicationConfiguration s3:ReplicateDelete s3:ReplicateObject s3:ReplicateTags",
                `${buckets} ${buckets}/*`,
            ],
            [
                "s3:AbortMultipartUpload s3:DeleteObject s3:GetBucketLocation s3:ListMultipartUploadParts",
                "arn:aws:s3:::shop-backup-prod-333333333333-* arn:aws:s3:::shop-backup-prod-333333333333-*/*",
            ],
            [
                "kms:CreateGrant kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext " +
                    "kms:ReEncryptFrom kms:ReEncryptTo",
                keys,
                { StringEquals: { "kms:ViaService": ["ec2.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com"] } },
            ],
            ["kms:DescribeKey", keys],
            [
                "secretsmanager:DescribeSecret secretsmanager:GetSecretValue",
                "arn:aws:secretsmanager:*:333333333333:secret:ecommerce-platform-prod-*",
            ],
            ["ssm:GetParameter", "arn:aws:ssm:*::parameter/aws/service/*"],
            ["pricing:GetProducts route53:ChangeResourceRecordSets route53:Get* route53:List*", "*"],
            [
                "iam:PassRole",
                `${iam}:role/ecommerce/prod/*`,
                { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
            ],
            ["iam:GetInstanceProfile iam:ListInstanceProfiles", "*"],
            [
                "iam:CreateServiceLinkedRole",
                `${iam}:role/aws-service-role/*`,
                { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
            ],
        ]);
    });
});
