import assert from "node:assert/strict";

import { type AwsSite, awsSites } from "./sites";
import { type Row, rows, table } from "./tables";
import { ofType, stacks, type StackName, updated } from "./updated";

const s3 = (kind: string) => `aws:s3/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;

/** Names of the buckets by resource. */
function bucketNames(stack: StackName, { account, region, drRegion, primary }: AwsSite): Record<string, string> {
    return {
        ...(primary
            ? {
                  "audit-records": `shop-audit-${stack}-${account}-${region}`,
                  "storage-buckets-logs": `shop-logs-${stack}-${account}-${region}`,
                  "storage-buckets-vault-access": `shop-access-${stack}-${account}-${region}`,
                  "storage-buckets-vault-backup": `shop-backup-${stack}-${account}-${region}`,
              }
            : {}),
        ...(drRegion === undefined
            ? {}
            : {
                  "storage-buckets-copy-access": `shop-access-${stack}-${account}-${drRegion}`,
                  "storage-buckets-copy-backup": `shop-backup-${stack}-${account}-${drRegion}`,
              }),
    };
}

/** TLS 1.2 or later, of every principal. */
const tls = (bucket: string): Row[] => [
    [
        "TlsOnly: Deny *",
        "s3:*",
        [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        "Bool aws:SecureTransport false",
    ],
    [
        "ModernTlsOnly: Deny *",
        "s3:*",
        [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        "NumericLessThan s3:TlsVersion 1.2",
    ],
];

const accessLogs = (bucket: string, { account }: AwsSite): Row => [
    "S3WritesAccessLogs: Allow Service logging.s3.amazonaws.com",
    "s3:PutObject",
    `arn:aws:s3:::${bucket}/*`,
    `StringEquals aws:SourceAccount ${account}`,
];

function trail(bucket: string, stack: StackName, { account, region }: AwsSite): Row[] {
    const source = `StringEquals aws:SourceArn arn:aws:cloudtrail:${region}:${account}:trail/ecommerce-${stack}`;
    return [
        [
            "TrailLooksAtBucket: Allow Service cloudtrail.amazonaws.com",
            "s3:GetBucketAcl",
            `arn:aws:s3:::${bucket}`,
            source,
        ],
        [
            "TrailDelivers: Allow Service cloudtrail.amazonaws.com",
            "s3:PutObject",
            `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`,
            source,
            "StringEquals s3:x-amz-acl bucket-owner-full-control",
        ],
    ];
}

for (const stack of stacks) {
    const site = awsSites[stack];
    const names = bucketNames(stack, site);
    const all = Object.keys(names).sort();

    describe(`access to the buckets of ${stack} on AWS`, () => {
        it("is as these statements say (D1 to D3, D10)", async () => {
            const policies = ofType(await updated(stack, "aws"), s3("BucketPolicy"));
            assert.deepEqual(
                table(Object.keys(policies), (name) => rows(policies[name]?.["policy"])),
                Object.fromEntries(
                    all.map((name) => {
                        const bucket = names[name] ?? "";
                        return [
                            `${name}-policy`,
                            [
                                ...tls(bucket),
                                ...(name.endsWith("-access") ? [accessLogs(bucket, site)] : []),
                                ...(name === "audit-records" ? trail(bucket, stack, site) : []),
                            ],
                        ];
                    }),
                ),
            );
            assert.deepEqual(
                table(Object.keys(policies), (name) => policies[name]?.["bucket"]),
                Object.fromEntries(all.map((name) => [`${name}-policy`, `${name}-id`])),
            );
        });

        it("is never public, in all four ways, and never by ACL (D2)", async () => {
            const resources = await updated(stack, "aws");
            assert.deepEqual(
                ofType(resources, s3("BucketPublicAccessBlock")),
                Object.fromEntries(
                    all.map((name) => [
                        `${name}-private`,
                        {
                            bucket: `${name}-id`,
                            blockPublicAcls: true,
                            blockPublicPolicy: true,
                            ignorePublicAcls: true,
                            restrictPublicBuckets: true,
                        },
                    ]),
                ),
            );
            assert.deepEqual(
                ofType(resources, s3("BucketOwnershipControls")),
                Object.fromEntries(
                    all.map((name) => [
                        `${name}-ownership`,
                        { bucket: `${name}-id`, rule: { objectOwnership: "BucketOwnerEnforced" } },
                    ]),
                ),
            );
        });

        it("is recorded in the bucket of access logs of the same region (D1)", async () => {
            const logged = all.filter((name) => !name.endsWith("-access"));
            const { account, region, drRegion } = site;
            assert.deepEqual(
                ofType(await updated(stack, "aws"), s3("BucketLogging")),
                Object.fromEntries(
                    logged.map((name) => [
                        `${name}-logging`,
                        {
                            bucket: `${name}-id`,
                            targetBucket: `shop-access-${stack}-${account}-${
                                name === "storage-buckets-copy-backup" ? (drRegion ?? "") : region
                            }`,
                            targetPrefix: `${names[name] ?? ""}/`,
                        },
                    ]),
                ),
            );
        });
    });
}
