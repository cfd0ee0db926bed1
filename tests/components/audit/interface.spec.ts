import assert from "node:assert/strict";

import { createAudit } from "../../../components/audit";
import { createStorage, type StorageArgs } from "../../../components/storage";
import { configOf, created, createdOne, planned, tally } from "../layers";
import { probe, type Probed } from "../probe";

const outputs = {
    "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-42@container.example.com" },
    "gcp:logging/projectSink:ProjectSink": { writerIdentity: "serviceAccount:sink@example.com" },
    "aws:kms/key:Key": { arn: "arn:key" },
};

/** The bucket of records, field by field. */
const recordsOf = (config: StorageArgs["config"] & Parameters<typeof createAudit>[1]["config"]) =>
    probe(() => createAudit("audit", { config, storage: createStorage("storage", { config }) }).records ?? {}, outputs);

const nothing: Probed = { value: undefined, waitsFor: [] };

describe("the interface of audit records", () => {
    it("on GCP has the records' URL when the sink may write", async () => {
        assert.deepEqual(await recordsOf(configOf("gcp", "prod")), {
            name: { value: "shop-project-prod-audit", waitsFor: ["Bucket audit"] },
            url: { value: "gs://shop-project-prod-audit", waitsFor: ["Bucket audit", "BucketIAMMember audit-writer"] },
            key: nothing,
        });
    });

    it("on AWS has the records' URL when the trail delivers", async () => {
        const { name, url, key } = await recordsOf(configOf("aws", "prod"));
        const records = "shop-audit-prod-123456789012-us-east-1";
        assert.deepEqual([name?.value, url?.value], [records, `s3://${records}`]);
        const settings = [
            "Bucket audit-records",
            "BucketLifecycleConfiguration audit-records-lifecycle",
            "BucketLogging audit-records-logging",
            "BucketObjectLockConfiguration audit-records-lock",
            "BucketOwnershipControls audit-records-ownership",
            "BucketPolicy audit-records-policy",
            "BucketPublicAccessBlock audit-records-private",
            "BucketServerSideEncryptionConfiguration audit-records-encryption",
            "BucketVersioning audit-records-versioning",
        ];
        assert.deepEqual(name?.waitsFor, settings);
        assert.deepEqual(url?.waitsFor, [...settings, "Trail audit"]);
        assert.deepEqual(key, { value: "arn:key", waitsFor: ["Key audit-key"] });
    });

    it("is empty in a replica and on an existing cluster", async () => {
        const recovery = { role: "replica", replicaOf: "main" } as const;
        assert.deepEqual(await recordsOf(configOf("gcp", "prod", { recovery })), {});
        assert.deepEqual(await recordsOf(configOf("aws", "prod", { recovery })), {});
        assert.deepEqual(await recordsOf(configOf("existing", "prod")), {});
    });
});

describe("audit records without a bucket of access logs and without backups", () => {
    const storage = { backups: undefined, accessLogBucket: undefined };

    it("on AWS have no data events and no access logs", async () => {
        const config = configOf("aws", "prod");
        const all = await created(() => createAudit("audit", { config, storage }), outputs);
        assert.deepEqual(createdOne(all, "aws:cloudtrail/trail:Trail", "audit")["eventSelectors"], [
            { readWriteType: "All", includeManagementEvents: true, dataResources: [] },
        ]);
        assert.equal(all.filter(({ type }) => type.includes("bucketLogging")).length, 0);
    });

    it("on GCP have no access logs", async () => {
        const config = configOf("gcp", "prod");
        const all = await created(() => createAudit("audit", { config, storage }), outputs);
        assert.ok(!("logging" in createdOne(all, "gcp:storage/bucket:Bucket", "audit")));
    });
});

describe("audit records of a replica", () => {
    it("are its primary's on AWS, where the replica has a detector only if it is enabled", async () => {
        const storage = { backups: undefined, accessLogBucket: undefined };
        const recovery = { role: "replica", replicaOf: "main" } as const;
        const count = async (guardDuty: boolean) => {
            const aws = { accountId: "123456789012", guardDuty };
            const config = configOf("aws", "prod", { recovery, aws });
            return tally(await planned(() => createAudit("audit", { config, storage })));
        };
        assert.deepEqual(await count(false), {});
        assert.deepEqual(await count(true), {
            "aws:guardduty/detector:Detector": 1,
            "aws:guardduty/detectorFeature:DetectorFeature": 2,
            "shop:audit:GuardDuty": 1,
        });
    });
});
