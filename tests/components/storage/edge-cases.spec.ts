import assert from "node:assert/strict";

import { AwsBucket } from "../../../components/common/aws/bucket";
import { bucketLocation } from "../../../components/common/gcp/bucket";
import { gcsName, s3Name } from "../../../components/common/bucket-names";
import { createStorage } from "../../../components/storage";
import { configOf, created, createdOne, inputs, planned, tally } from "../layers";
import { s3 } from "./aws/planned-buckets";

describe("a bucket on AWS without a key and without rules of its own", () => {
    const bucket = () =>
        planned(() => new AwsBucket("own", { config: configOf("aws", "prod"), bucketName: "own", objectLock: false }));

    it("is encrypted with S3's key, and keeps the rule for deleted versions", async () => {
        const resources = await bucket();
        assert.deepEqual(inputs(resources, s3("BucketServerSideEncryptionConfiguration"), "own-encryption")["rules"], [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
        assert.deepEqual(inputs(resources, s3("BucketLifecycleConfiguration"), "own-lifecycle")["rules"], [
            {
                id: "tidying",
                filter: { prefix: "" },
                status: "Enabled",
                noncurrentVersionExpiration: { noncurrentDays: 30 },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            },
        ]);
        assert.equal(inputs(resources, s3("Bucket"), "own")["objectLockEnabled"], false);
    });

    it("has no lock and no access logs", async () => {
        const counts = tally(await bucket());
        assert.deepEqual(
            [counts[s3("BucketObjectLockConfiguration")], counts[s3("BucketLogging")], counts[s3("BucketPolicy")]],
            [undefined, undefined, 1],
        );
    });

    it("uses a bucket key with a customer-managed key", async () => {
        const config = configOf("aws", "prod");
        const args = { config, bucketName: "own", objectLock: false, key: "arn:key" };
        const resources = await planned(() => new AwsBucket("own", args));
        assert.deepEqual(inputs(resources, s3("BucketServerSideEncryptionConfiguration"), "own-encryption")["rules"], [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:key" },
                bucketKeyEnabled: true,
            },
        ]);
    });
});

describe("the location of buckets on GCP", () => {
    it("is one region without copies, and a pair of regions of the continent with them (CL-18)", () => {
        const regions = { region: "asia-east1", drRegion: "asia-northeast1" };
        assert.deepEqual(bucketLocation({ ...regions, replicateBackups: false }), {
            location: "asia-east1",
            keyLocation: "asia-east1",
            customPlacementConfig: undefined,
        });
        assert.deepEqual(bucketLocation({ ...regions, replicateBackups: true }), {
            location: "ASIA",
            keyLocation: "asia",
            customPlacementConfig: { dataLocations: ["ASIA-EAST1", "ASIA-NORTHEAST1"] },
        });
        const europe = { region: "europe-west1", drRegion: "europe-west4", replicateBackups: true };
        assert.deepEqual(bucketLocation(europe), {
            location: "EU",
            keyLocation: "europe",
            customPlacementConfig: { dataLocations: ["EUROPE-WEST1", "EUROPE-WEST4"] },
        });
    });

    it("is an error on a continent without buckets in two regions", () => {
        const australia = { region: "australia-southeast1", drRegion: "us-east1" };
        assert.throws(
            () => bucketLocation({ ...australia, replicateBackups: true }),
            new Error("region (australia-southeast1) has no second region that a bucket could span; see gcp.region"),
        );
        const { location } = bucketLocation({ ...australia, replicateBackups: false });
        assert.equal(location, "australia-southeast1");
    });
});

describe("the names of buckets", () => {
    it("contain what makes them unique, so that a replica can compute its primary's", () => {
        assert.equal(gcsName("project", "prod", "backup"), "project-prod-backup");
        assert.equal(s3Name("123", "us-east-1", "prod", "access"), "shop-access-prod-123-us-east-1");
    });
});

describe("volumes on an existing cluster", () => {
    const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";
    const snapshotClass = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";

    for (const [storageProvisioner, expandable] of [
        ["rancher.io/local-path", false],
        ["k8s.io/minikube-hostpath", false],
        ["rbd.csi.ceph.com", true],
    ] as const) {
        it(`can ${expandable ? "" : "not "}be expanded with ${storageProvisioner}`, async () => {
            const config = configOf("existing", "dev", { existing: { storageProvisioner } });
            const resources = await planned(() => createStorage("storage", { config }));
            for (const name of ["fast-ssd", "standard-ssd", "hdd"]) {
                const { metadata, ...own } = inputs(resources, storageClass, `storage-${name}`);
                assert.equal((metadata as { name: string }).name, name);
                assert.deepEqual(own, {
                    apiVersion: "storage.k8s.io/v1",
                    kind: "StorageClass",
                    provisioner: storageProvisioner,
                    reclaimPolicy: name === "fast-ssd" ? "Retain" : "Delete",
                    allowVolumeExpansion: expandable,
                    volumeBindingMode: "WaitForFirstConsumer",
                });
            }
        });
    }

    it("have snapshot classes without parameters, by the configured driver", async () => {
        const config = configOf("existing", "dev", { existing: { snapshotDriver: "rbd.csi.ceph.com" } });
        const all = await created(() => createStorage("storage", { config }), {});
        for (const [role, deletionPolicy] of [
            ["daily", "Delete"],
            ["keep", "Retain"],
        ] as const) {
            const { metadata, ...own } = createdOne(all, snapshotClass, `storage-snapshots-${role}`);
            assert.equal((metadata as { name: string }).name, `snapshots-${role}`);
            assert.deepEqual(own, {
                apiVersion: "snapshot.storage.k8s.io/v1",
                kind: "VolumeSnapshotClass",
                driver: "rbd.csi.ceph.com",
                deletionPolicy,
            });
        }
    });
});
