import assert from "node:assert/strict";

import { createAudit } from "../../../../components/audit";
import type { Audit } from "../../../../components/audit/types";
import { createStorage } from "../../../../components/storage";
import type { PlatformConfig } from "../../../../components/platform";
import { sharedPlan } from "../../../stacks/plans";
import { s3, statements } from "../../storage/aws/planned-buckets";
import { configOf, created, createdOne, inputs, one, planned, tally } from "../../layers";

const trail = "aws:cloudtrail/trail:Trail";
const detector = "aws:guardduty/detector:Detector";
const feature = "aws:guardduty/detectorFeature:DetectorFeature";
const key = "aws:kms/key:Key";

/** The layer's resources and its interface. */
async function layer(config: PlatformConfig) {
    let audit: Audit | undefined;
    const all = await planned(() => {
        audit = createAudit("audit", { config, storage: createStorage("storage", { config }) });
    });
    return { resources: all.filter(({ name }) => name.startsWith("audit")), audit: audit! };
}

const aws = { accountId: "123456789012" };
const trailArn = "arn:aws:cloudtrail:us-east-1:123456789012:trail/ecommerce-prod";
const bucketArn = "arn:aws:s3:::shop-audit-prod-123456789012-us-east-1";
const Service = "cloudtrail.amazonaws.com";

describe("the audit records on AWS (SC-12)", () => {
    it("consist of a trail, its bucket and key, and a detector with two features", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
        assert.deepEqual(tally(resources), {
            [trail]: 1,
            [detector]: 1,
            [feature]: 2,
            [key]: 1,
            [s3("Bucket")]: 1,
            [s3("BucketLifecycleConfiguration")]: 1,
            [s3("BucketLogging")]: 1,
            [s3("BucketObjectLockConfiguration")]: 1,
            [s3("BucketOwnershipControls")]: 1,
            [s3("BucketPolicy")]: 1,
            [s3("BucketPublicAccessBlock")]: 1,
            [s3("BucketServerSideEncryptionConfiguration")]: 1,
            [s3("BucketVersioning")]: 1,
            "shop:audit:AwsTrail": 1,
            "shop:audit:GuardDuty": 1,
            "shop:common:AwsBucket": 1,
        });
    });

    it("include all regions, IAM, and data events of backups, with log file validation", async () => {
        const config = configOf("aws", "prod");
        const all = await created(
            () => createAudit("audit", { config, storage: createStorage("storage", { config }) }),
            {
                [key]: { arn: "arn:aws:kms:us-east-1:123456789012:key/1" },
            },
        );
        assert.deepEqual(createdOne(all, trail, "audit"), {
            name: "ecommerce-prod",
            s3BucketName: "shop-audit-prod-123456789012-us-east-1",
            kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1",
            isMultiRegionTrail: true,
            includeGlobalServiceEvents: true,
            enableLogFileValidation: true,
            eventSelectors: [
                {
                    readWriteType: "All",
                    includeManagementEvents: true,
                    dataResources: [
                        {
                            type: "AWS::S3::Object",
                            values: ["arn:aws:s3:::shop-backup-prod-123456789012-us-east-1/"],
                        },
                    ],
                },
            ],
        });
    });

    it("are delivered to the account's prefix by this trail only (D2, D10)", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
        const all = statements(inputs(resources, s3("BucketPolicy"), "audit-records-policy")["policy"]);
        assert.deepEqual(
            all.map(({ Sid, Effect }) => `${Effect} ${Sid ?? ""}`),
            ["Deny TlsOnly", "Deny ModernTlsOnly", "Allow TrailLooksAtBucket", "Allow TrailDelivers"],
        );
        assert.deepEqual(all.slice(2), [
            {
                Sid: "TrailLooksAtBucket",
                Effect: "Allow",
                Principal: { Service },
                Action: "s3:GetBucketAcl",
                Resource: bucketArn,
                Condition: { StringEquals: { "aws:SourceArn": trailArn } },
            },
            {
                Sid: "TrailDelivers",
                Effect: "Allow",
                Principal: { Service },
                Action: "s3:PutObject",
                Resource: `${bucketArn}/AWSLogs/123456789012/*`,
                Condition: {
                    StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
                },
            },
        ]);
    });

    it("are encrypted by this trail only, with a key that is rotated every 90 days (D7)", async () => {
        const own = inputs((await layer(configOf("aws", "prod"))).resources, key, "audit-key");
        assert.deepEqual([own["enableKeyRotation"], own["rotationPeriodInDays"]], [true, 90]);
        assert.deepEqual(statements(own["policy"]), [
            {
                Sid: "AccountDecides",
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::123456789012:root" },
                Action: "kms:*",
                Resource: "*",
            },
            {
                Sid: "TrailEncrypts",
                Effect: "Allow",
                Principal: { Service },
                Action: "kms:GenerateDataKey*",
                Resource: "*",
                Condition: {
                    StringEquals: { "aws:SourceArn": trailArn },
                    StringLike: {
                        "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:123456789012:trail/*",
                    },
                },
            },
            {
                Sid: "TrailLooksAtKey",
                Effect: "Allow",
                Principal: { Service },
                Action: "kms:DescribeKey",
                Resource: "*",
                Condition: { StringEquals: { "aws:SourceArn": trailArn } },
            },
        ]);
        const { resources } = await layer(configOf("aws", "prod"));
        const encryption = "audit-records-encryption";
        const [rule] = inputs(resources, s3("BucketServerSideEncryptionConfiguration"), encryption)["rules"] as {
            bucketKeyEnabled: boolean;
        }[];
        assert.equal(rule?.bucketKeyEnabled, false);
    });

    it("are retained as long as the tier requires, in an archive class after 90 days", async () => {
        const rule = async (config: PlatformConfig) => {
            const { resources } = await layer(config);
            const own = inputs(resources, s3("BucketLifecycleConfiguration"), "audit-records-lifecycle");
            return (own["rules"] as unknown[])[0];
        };
        const everything = { id: "ageing", filter: { prefix: "" }, status: "Enabled" };
        const transitions = [{ days: 90, storageClass: "GLACIER_IR" }];
        const until = (days: number) => ({ ...everything, expiration: { days } });
        assert.deepEqual(await rule(configOf("aws", "dev")), until(30));
        assert.deepEqual(await rule(configOf("aws", "staging")), until(90));
        assert.deepEqual(await rule(configOf("aws", "prod")), { ...until(400), transitions });
        // S3 bills 90 days of the class: moving records that are deleted earlier would cost more than it saves.
        const of = (retentionDays: number) => rule(configOf("aws", "dev", { audit: { retentionDays } }));
        assert.deepEqual(await of(179), until(179));
        assert.deepEqual(await of(180), { ...until(180), transitions });
    });

    it("are deleted with their stack in dev and staging, and locked for their retention in prod", async () => {
        const view = async (tier: "dev" | "staging" | "prod") => {
            const { resources } = await layer(configOf("aws", tier));
            const bucket = one(resources, s3("Bucket"), "audit-records");
            const protects = [bucket, one(resources, key, "audit-key")].map(({ options }) => options.protect ?? false);
            const lock = resources.filter(({ type }) => type === s3("BucketObjectLockConfiguration"));
            const rules = lock.map(({ inputs: own }) => own["rule"]);
            return [bucket.inputs["forceDestroy"], bucket.inputs["objectLockEnabled"], ...protects, rules];
        };
        assert.deepEqual(await view("dev"), [true, true, false, false, []]);
        assert.deepEqual(await view("staging"), [true, true, false, false, []]);
        const locked = [{ defaultRetention: { mode: "GOVERNANCE", days: 400 } }];
        assert.deepEqual(await view("prod"), [false, true, true, true, locked]);
    });

    it("are the primary's in a replica, which has a detector for its own region", async () => {
        const recovery = { role: "replica", replicaOf: "main" } as const;
        const { resources, audit } = await layer(configOf("aws", "prod", { recovery }));
        assert.deepEqual(tally(resources), { [detector]: 1, [feature]: 2, "shop:audit:GuardDuty": 1 });
        assert.equal(audit.records, undefined);
    });

    it("are in the plan of every stack on AWS", async () => {
        for (const [stack, detectors] of [
            ["dev", undefined],
            ["staging", 1],
            ["prod", 1],
        ] as const) {
            const counts = tally((await sharedPlan(stack, "aws")).resources);
            assert.deepEqual([counts[trail], counts[detector]], [1, detectors], stack);
        }
    });
});

describe("GuardDuty (E15)", () => {
    it("monitors the cluster's audit log and the buckets, and publishes findings every 15 minutes", async () => {
        const { resources } = await layer(configOf("aws", "prod"));
        assert.deepEqual(inputs(resources, detector, "audit-threats"), {
            enable: true,
            findingPublishingFrequency: "FIFTEEN_MINUTES",
        });
        const features = resources.filter(({ type }) => type === feature);
        assert.deepEqual(
            features.map(({ inputs: { name, status } }) => [name, status]),
            [
                ["EKS_AUDIT_LOGS", "ENABLED"],
                ["S3_DATA_EVENTS", "ENABLED"],
            ],
        );
    });

    it("is enabled in staging and prod, disabled in dev and where the organisation manages it", async () => {
        const count = async (config: PlatformConfig) => tally((await layer(config)).resources)[detector] ?? 0;
        assert.equal(await count(configOf("aws", "dev")), 0);
        assert.equal(await count(configOf("aws", "staging")), 1);
        assert.equal(await count(configOf("aws", "prod")), 1);
        assert.equal(await count(configOf("aws", "prod", { aws: { ...aws, guardDuty: false } })), 0);
        assert.equal(await count(configOf("aws", "dev", { aws: { ...aws, guardDuty: true } })), 1);
    });

    it("is not created on other clouds", async () => {
        assert.equal(tally((await layer(configOf("gcp", "prod"))).resources)[detector], undefined);
        assert.equal(tally((await layer(configOf("existing", "prod"))).resources)[detector], undefined);
    });
});
