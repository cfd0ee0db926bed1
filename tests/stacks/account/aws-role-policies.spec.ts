import assert from "node:assert/strict";

import { type AwsSite, awsSites } from "./sites";
import { type Row, rows, table } from "./tables";
import { ofType, stacks, type StackName, updated } from "./updated";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

/** Domain of each stack's records. */
const domains: Readonly<Record<StackName, string>> = {
    dev: "dev.demo.yourdomain.com",
    staging: "staging.demo.yourdomain.com",
    prod: "demo.yourdomain.com",
    "prod-dr": "demo.yourdomain.com",
};

const changedNames = "ForAllValues:StringLike route53:ChangeResourceRecordSetsNormalizedRecordNames";
const zones = "arn:aws:route53:::hostedzone/*";

function externalDns(stack: StackName): Row[] {
    const domain = domains[stack];
    return [
        ["Allow", ["route53:ChangeResourceRecordSets"], [zones], `${changedNames} ${domain} | *.${domain}`],
        ["Allow", ["route53:ListResourceRecordSets", "route53:ListTagsForResources"], [zones]],
        ["Allow", ["route53:ListHostedZones"], ["*"]],
    ];
}

function certManager(stack: StackName): Row[] {
    const domain = domains[stack];
    return [
        [
            "Allow",
            ["route53:ChangeResourceRecordSets"],
            [zones],
            `${changedNames} _acme-challenge.${domain} | _acme-challenge.*.${domain}`,
            "ForAllValues:StringEquals route53:ChangeResourceRecordSetsRecordTypes TXT",
        ],
        ["Allow", ["route53:ListResourceRecordSets"], [zones]],
        ["Allow", ["route53:GetChange"], ["arn:aws:route53:::change/*"]],
        ["Allow", ["route53:ListHostedZonesByName"], ["*"]],
    ];
}

function externalSecrets(stack: StackName, { account, region }: AwsSite): Row[] {
    const secrets = `arn:aws:secretsmanager:${region}:${account}:secret:ecommerce-platform-${stack}-*`;
    return [["Allow", ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], [secrets]]];
}

/** PostgreSQL's backups: written and deleted after their retention, or a replica's reads of its primary's (BK-01 to BK-04). */
function backups(stack: StackName, { account, region, primary }: AwsSite): Row[] {
    const bucket = `arn:aws:s3:::shop-backup-${primary ? stack : "prod"}-${account}-${region}`;
    const write = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"];
    const key: Row = [
        "Allow",
        ["kms:Decrypt", "kms:GenerateDataKey"],
        ["key:storage-buckets-vault-key"],
        `StringEquals kms:ViaService s3.${region}.amazonaws.com`,
    ];
    return [
        ["Allow", ["s3:GetBucketLocation", "s3:ListBucket"], [bucket]],
        ["Allow", ["s3:GetObject", ...(primary ? write : [])], [`${bucket}/*`]],
        // The copy's key permits its use through S3.
        ...(primary ? [key] : []),
    ];
}

/** Copies of a store: written and deleted, or read, in their own folder (BK-06). */
function copies({ account, region }: AwsSite, stack: StackName, folder: string, use: "read" | "write"): Row[] {
    const bucket = `arn:aws:s3:::shop-backup-${stack}-${account}-${region}`;
    const write = use === "write";
    return [
        ["Allow", ["s3:ListBucket"], [bucket], `StringLike s3:prefix ${folder}/*`],
        [
            "Allow",
            ["s3:GetObject", ...(write ? ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"] : [])],
            [`${bucket}/${folder}/*`],
        ],
        [
            "Allow",
            ["kms:Decrypt", ...(write ? ["kms:GenerateDataKey"] : [])],
            ["key:storage-buckets-vault-key"],
            `StringEquals kms:ViaService s3.${region}.amazonaws.com`,
        ],
    ];
}

/** Reads of one bucket and its key, writes to the other bucket and its key. */
function replication(stack: StackName, { account, region, drRegion = "" }: AwsSite): Row[] {
    const from = `arn:aws:s3:::shop-backup-${stack}-${account}-${region}`;
    const to = `arn:aws:s3:::shop-backup-${stack}-${account}-${drRegion}`;
    return [
        ["Allow", ["s3:GetReplicationConfiguration", "s3:ListBucket"], from],
        [
            "Allow",
            [
                "s3:GetObjectLegalHold",
                "s3:GetObjectRetention",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionTagging",
            ],
            `${from}/*`,
        ],
        ["Allow", ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"], `${to}/*`],
        [
            "Allow",
            "kms:Decrypt",
            "key:storage-buckets-vault-key",
            `StringEquals kms:ViaService s3.${region}.amazonaws.com`,
        ],
        [
            "Allow",
            ["kms:Encrypt", "kms:GenerateDataKey"],
            "key:storage-buckets-copy-key",
            `StringEquals kms:ViaService s3.${drRegion}.amazonaws.com`,
        ],
    ];
}

/** Statements of every role policy, except the two long ones, which have files of their own. */
function permitted(stack: StackName, site: AwsSite): Record<string, readonly Row[]> {
    const logs = ["logs:network-flow-logs", "logs:network-flow-logs:*"];
    return {
        "addons-cert-manager": certManager(stack),
        "addons-external-dns": externalDns(stack),
        "addons-external-secrets": externalSecrets(stack, site),
        ...(site.primary
            ? {
                  "cache-backup-backup": copies(site, stack, "valkey-state", "write"),
                  "cache-backup-restore": copies(site, stack, "valkey-state", "read"),
                  "search-nodes": copies(site, stack, "elasticsearch", "write"),
              }
            : {}),
        "database-postgres": backups(stack, site),
        ...(site.primary ? { "database-retention-postgres-monthly": backups(stack, site) } : {}),
        "network-flow-logs-write": [
            ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], logs],
            ["Allow", "logs:DescribeLogGroups", "*"],
        ],
        ...(site.drRegion === undefined ? {} : { "storage-buckets-replication": replication(stack, site) }),
    };
}

const long = ["addons-aws-load-balancer-controller", "nodes-karpenter-controller"];

/** Where a policy's role has another name. */
const roles: Readonly<Record<string, string>> = { "network-flow-logs-write": "network-flow-logs-role-name" };

for (const stack of stacks) {
    describe(`the permissions of roles of ${stack} on AWS`, () => {
        it("consist of these statements (D10, SC-04, SC-07)", async () => {
            const policies = ofType(await updated(stack, "aws"), rolePolicy);
            const short = Object.keys(policies).filter((name) => !long.includes(name));
            assert.deepEqual(
                table(short, (name) => rows(policies[name]?.["policy"])),
                permitted(stack, awsSites[stack]),
            );
        });

        it("belong to the role of the same name", async () => {
            const policies = ofType(await updated(stack, "aws"), rolePolicy);
            const names = [...long, ...Object.keys(permitted(stack, awsSites[stack]))];
            assert.deepEqual(
                table(Object.keys(policies), (name) => {
                    const { policy, ...others } = policies[name] ?? {};
                    assert.equal(typeof policy, "string");
                    return others;
                }),
                table(names, (name) => ({ role: roles[name] ?? `${name}-name` })),
            );
        });
    });
}
