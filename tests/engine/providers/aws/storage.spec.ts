import { itRefuses } from "../core/testing";
import type { Bag } from "../core/value";
import { aws } from "./cloud";
import { ROLE, SETTINGS } from "./fixtures";

const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

const lifecycle = (storageClass: string, days: number, more: Bag = {}): Bag => ({
    bucket: "shop",
    rules: [{ id: "ageing", status: "Enabled", transitions: [{ days, storageClass }], ...more }],
});
const policy = (statement: object): Bag => ({ bucket: "shop", policy: JSON.stringify({ Statement: [statement] }) });
const versions = (bucket: string) => ({
    type: VERSIONING,
    name: bucket,
    inputs: { bucket, versioningConfiguration: { status: "Enabled" } },
});
const replication = {
    bucket: "shop",
    role: ROLE,
    rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" } }],
};

describe("engine stand-ins: aws storage refusals", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses a bucket name with capital letters",
            type: BUCKET,
            inputs: { bucket: "Shop" },
            message: "InvalidBucketName: The specified bucket is not valid: Shop",
        },
        {
            what: "refuses a bucket name of 64 characters",
            type: BUCKET,
            inputs: { bucket: "a".repeat(64) },
            message: `InvalidBucketName: The specified bucket is not valid: ${"a".repeat(64)}`,
        },
        {
            what: "refuses a bucket whose name exists",
            type: BUCKET,
            inputs: { bucket: "shop" },
            before: [{ type: BUCKET, name: "other", inputs: { bucket: "shop" } }],
            message: 'aws:s3/bucket:Bucket: "shop" already exists',
        },
        {
            what: "refuses a transition to STANDARD_IA before day 30 (ST-07)",
            type: LIFECYCLE,
            inputs: lifecycle("STANDARD_IA", 7),
            message:
                "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass " +
                "'STANDARD_IA'",
        },
        {
            what: "refuses an unknown storage class",
            type: LIFECYCLE,
            inputs: lifecycle("NEARLINE", 7),
            message:
                'expected storage_class to be one of ["DEEP_ARCHIVE","GLACIER","GLACIER_IR","INTELLIGENT_TIERING",' +
                '"ONEZONE_IA","STANDARD_IA"], got NEARLINE',
        },
        {
            what: "refuses a transition after the expiration",
            type: LIFECYCLE,
            inputs: lifecycle("DEEP_ARCHIVE", 90, { expiration: { days: 90 } }),
            message:
                "InvalidArgument: 'Days' in the Expiration action must be greater than 'Days' in the Transition action",
        },
        {
            what: "refuses an unknown encryption algorithm",
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            inputs: { bucket: "shop", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "kms" } }] },
            message:
                'expected sse_algorithm to be one of ["AES256","aws:backup","aws:fsx","aws:kms","aws:kms:dsse"], got kms',
        },
        {
            what: "refuses a policy with the ARN of another bucket",
            type: POLICY,
            inputs: policy({ Effect: "Deny", Principal: "*", Resource: "arn:aws:s3:::shop-other/*" }),
            message: "MalformedPolicy: Policy has invalid resource",
        },
        {
            what: "refuses a policy that allows public access (D3)",
            type: POLICY,
            inputs: policy({ Effect: "Allow", Principal: "*", Resource: "arn:aws:s3:::shop/*" }),
            message: "AccessDenied: public policies are prevented by the BlockPublicPolicy setting",
        },
        {
            what: "refuses a bucket policy that is not JSON",
            type: POLICY,
            inputs: { bucket: "shop", policy: "deny" },
            message: '"policy" contains an invalid JSON policy',
        },
        {
            what: "refuses replication from a bucket without versioning",
            type: REPLICATION,
            inputs: replication,
            before: [versions("copy")],
            message: "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration",
        },
        {
            what: "refuses replication to a bucket without versioning",
            type: REPLICATION,
            inputs: replication,
            before: [versions("shop")],
            message: "InvalidRequest: Destination bucket must have versioning enabled.",
        },
        {
            what: "refuses a replication time other than 15 minutes",
            type: REPLICATION,
            inputs: {
                ...replication,
                rules: [{ destination: { bucket: "arn:aws:s3:::copy", replicationTime: { time: { minutes: 5 } } } }],
            },
            before: [versions("shop"), versions("copy")],
            message: "expected minutes to be one of [15], got 5",
        },
        {
            what: "refuses access logs to a missing bucket",
            type: "aws:s3/bucketLogging:BucketLogging",
            inputs: { bucket: "shop", targetBucket: "records", targetPrefix: "shop/" },
            message: "InvalidTargetBucketForLogging: The target bucket for logging does not exist",
        },
        {
            what: "refuses an unknown Object Lock mode",
            type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
            inputs: { bucket: "shop", rule: { defaultRetention: { mode: "WORM", days: 30 } } },
            message: 'expected rule.defaultRetention.mode to be one of ["COMPLIANCE","GOVERNANCE"], got WORM',
        },
        {
            what: "refuses a key rotation period above 2560 days",
            type: "aws:kms/key:Key",
            inputs: { rotationPeriodInDays: 2561 },
            message: "expected rotation_period_in_days to be in the range (90 - 2560), got 2561",
        },
    ]);
});
