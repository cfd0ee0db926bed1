import assert from "node:assert/strict";

import { sharedPlan } from "../plans";
import { awsSites } from "./sites";
import { table } from "./tables";
import { ofType, stacks, updated } from "./updated";

const s3 = (kind: string) => `aws:s3/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;

/** The settings of one bucket that differ from another's. */
interface Bucket {
    readonly purpose: string;
    /** Region, where it is not the stack's. */
    readonly copy?: true;
    /** Resource name of the key. @default SSE-S3 */
    readonly key?: string;
    /** @default true */
    readonly bucketKey?: boolean;
    readonly objectLock: boolean;
    /** Days in which versions cannot be deleted, in stacks with deletion protection. @default none */
    readonly lockDays?: number;
    readonly ageing: object;
}

const toColdStorage = [
    { days: 7, storageClass: "GLACIER_IR" },
    // GLACIER_IR is billed for 90 days.
    { days: 97, storageClass: "DEEP_ARCHIVE" },
];

/** Retention of audit records in days, by stack. */
const retentionDays = { dev: 30, staging: 90, prod: 400, "prod-dr": 0 } as const;

function bucketsOf(stack: (typeof stacks)[number]): Record<string, Bucket> {
    const { primary, drRegion } = awsSites[stack];
    const days = retentionDays[stack];
    const access = { purpose: "access", objectLock: false, ageing: { expiration: { days: 365 } } };
    const backup = { purpose: "backup", objectLock: true, lockDays: 30, ageing: { transitions: toColdStorage } };
    const archive = { transitions: [{ days: 90, storageClass: "GLACIER_IR" }] };
    return {
        ...(primary
            ? {
                  "audit-records": {
                      purpose: "audit",
                      key: "audit-key",
                      // The key's policy checks CloudTrail's encryption context, which a bucket key would replace.
                      bucketKey: false,
                      objectLock: true,
                      lockDays: days,
                      ageing: { ...(stack === "prod" ? archive : {}), expiration: { days } },
                  },
                  "storage-buckets-logs": {
                      purpose: "logs",
                      key: "storage-buckets-logs-key",
                      objectLock: false,
                      ageing: { transitions: toColdStorage, expiration: { days: 365 } },
                  },
                  "storage-buckets-vault-access": access,
                  "storage-buckets-vault-backup": { ...backup, key: "storage-buckets-vault-key" },
              }
            : {}),
        ...(drRegion === undefined
            ? {}
            : {
                  "storage-buckets-copy-access": { ...access, copy: true },
                  "storage-buckets-copy-backup": { ...backup, copy: true, key: "storage-buckets-copy-key" },
              }),
    };
}

function encryption({ key, bucketKey = true }: Bucket): object {
    return key === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: `key:${key}` },
              bucketKeyEnabled: bucketKey,
          };
}

for (const stack of stacks) {
    const { account, region, drRegion = "", locked } = awsSites[stack];
    const buckets = bucketsOf(stack);
    const names = Object.keys(buckets).sort();

    /** A setting of each bucket, by the setting's resource name. */
    const each = (suffix: string, setting: (bucket: Bucket) => object, of: readonly string[] = names) =>
        Object.fromEntries(
            of.map((name) => [`${name}-${suffix}`, { bucket: `${name}-id`, ...setting(buckets[name]!) }]),
        );

    describe(`the buckets of ${stack} on AWS`, () => {
        it("have these names, Object Lock from the start, and are emptied with a stack without protection", async () => {
            const found = ofType(await updated(stack, "aws"), s3("Bucket"));
            assert.deepEqual(
                found,
                table(names, (name) => {
                    const { purpose, copy, objectLock } = buckets[name]!;
                    const place = copy === true ? drRegion : region;
                    return {
                        bucket: `shop-${purpose}-${stack}-${account}-${place}`,
                        objectLockEnabled: objectLock,
                        forceDestroy: !locked,
                    };
                }),
            );
        });

        it("are protected from deletion in a stack with deletion protection (D1)", async () => {
            const found = (await sharedPlan(stack, "aws")).resources.filter(({ type }) => type === s3("Bucket"));
            assert.deepEqual(
                found.filter(({ options }) => options.protect === true).map(({ name }) => name),
                locked ? found.map(({ name }) => name) : [],
            );
        });

        it("are encrypted with a key of their own, those of access logs with S3's (D2)", async () => {
            assert.deepEqual(
                ofType(await updated(stack, "aws"), s3("BucketServerSideEncryptionConfiguration")),
                each("encryption", (bucket) => ({ rules: [encryption(bucket)] })),
            );
        });

        it("are versioned (D2)", async () => {
            assert.deepEqual(
                ofType(await updated(stack, "aws"), s3("BucketVersioning")),
                each("versioning", () => ({ versioningConfiguration: { status: "Enabled" } })),
            );
        });

        it("lock versions of backups and audit records where the stack is protected (D1)", async () => {
            const lockable = names.filter((name) => locked && buckets[name]?.lockDays !== undefined);
            assert.deepEqual(
                ofType(await updated(stack, "aws"), s3("BucketObjectLockConfiguration")),
                each(
                    "lock",
                    ({ lockDays }) => ({ rule: { defaultRetention: { mode: "GOVERNANCE", days: lockDays } } }),
                    lockable,
                ),
            );
        });

        it("move objects to colder classes and delete them by these rules (ST-06 to ST-08)", async () => {
            const under = (prefix: string) => ({ filter: { prefix }, status: "Enabled" });
            const tidying = {
                id: "tidying",
                ...under(""),
                noncurrentVersionExpiration: { noncurrentDays: 30 },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            };
            assert.deepEqual(
                ofType(await updated(stack, "aws"), s3("BucketLifecycleConfiguration")),
                each("lifecycle", ({ ageing, purpose }) => ({
                    rules:
                        purpose === "backup"
                            ? [
                                  // Each folder but that of Elasticsearch's snapshots, which needs all its files.
                                  { id: "ageing-postgres", ...under("postgres/"), ...ageing },
                                  { id: "ageing-valkey-state", ...under("valkey-state/"), ...ageing },
                                  tidying,
                              ]
                            : [{ id: "ageing", ...under(""), ...ageing }, tidying],
                })),
            );
        });

        it("have no other kind of setting", async () => {
            const kinds = (await updated(stack, "aws"))
                .map(({ type }) => type)
                .filter((type) => type.startsWith("aws:s3/"));
            const always = [
                "Bucket",
                "BucketLifecycleConfiguration",
                "BucketLogging",
                "BucketOwnershipControls",
                "BucketPolicy",
                "BucketPublicAccessBlock",
                "BucketServerSideEncryptionConfiguration",
                "BucketVersioning",
            ];
            const some = [
                ...(drRegion === "" ? [] : ["BucketReplicationConfig"]),
                ...(locked ? ["BucketObjectLockConfiguration"] : []),
            ];
            const expected = names.length === 0 ? [] : [...always, ...some].map(s3);
            assert.deepEqual([...new Set(kinds)].sort(), expected.sort());
        });
    });
}
