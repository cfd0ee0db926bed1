import assert from "node:assert/strict";

import { awsSites } from "./sites";
import { ofType, stacks, updated } from "./updated";

for (const stack of stacks) {
    const { account, region, drRegion, primary } = awsSites[stack];

    describe(`the records and copies of ${stack} on AWS`, () => {
        it("are a trail of all regions, with reads and writes of backups (SC-12)", async () => {
            const trail = {
                name: `ecommerce-${stack}`,
                s3BucketName: `shop-audit-${stack}-${account}-${region}`,
                kmsKeyId: "key:audit-key",
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
                                values: [`arn:aws:s3:::shop-backup-${stack}-${account}-${region}/`],
                            },
                        ],
                    },
                ],
            };
            const trails = ofType(await updated(stack, "aws"), "aws:cloudtrail/trail:Trail");
            assert.deepEqual(trails, primary ? { audit: trail } : {});
        });

        it("are compared with known attacks by GuardDuty, except in dev (E15)", async () => {
            const all = await updated(stack, "aws");
            const watched = stack !== "dev";
            assert.deepEqual(
                ofType(all, "aws:guardduty/detector:Detector"),
                watched ? { "audit-threats": { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" } } : {},
            );
            const enabled = { detectorId: "audit-threats-id", status: "ENABLED" };
            assert.deepEqual(
                ofType(all, "aws:guardduty/detectorFeature:DetectorFeature"),
                watched
                    ? {
                          "audit-threats-cluster": { ...enabled, name: "EKS_AUDIT_LOGS" },
                          "audit-threats-objects": { ...enabled, name: "S3_DATA_EVENTS" },
                      }
                    : {},
            );
        });

        it("replicate backups with their deletions, within 15 minutes, encrypted with the copy's key (BK-04)", async () => {
            const replication = {
                bucket: `shop-backup-${stack}-${account}-${region}`,
                role: "role:storage-buckets-replication",
                rules: [
                    {
                        id: "backups",
                        status: "Enabled",
                        priority: 1,
                        filter: { prefix: "" },
                        deleteMarkerReplication: { status: "Enabled" },
                        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                        destination: {
                            bucket: `arn:aws:s3:::shop-backup-${stack}-${account}-${drRegion ?? ""}`,
                            encryptionConfiguration: { replicaKmsKeyId: "key:storage-buckets-copy-key" },
                            replicationTime: { status: "Enabled", time: { minutes: 15 } },
                            metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                        },
                    },
                ],
            };
            assert.deepEqual(
                ofType(await updated(stack, "aws"), "aws:s3/bucketReplicationConfig:BucketReplicationConfig"),
                drRegion === undefined ? {} : { "storage-buckets-replication": replication },
            );
        });
    });
}
