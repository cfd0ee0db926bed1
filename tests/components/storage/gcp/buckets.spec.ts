import assert from "node:assert/strict";

import { createStorage } from "../../../../components/storage";
import type { PlatformConfig } from "../../../../components/platform";
import type { JsonObject } from "../../../../tools/plan";
import { configOf, created, createdOne, inputs, one, planned } from "../../layers";

const bucketsOf = async (config: PlatformConfig) => planned(() => createStorage("storage", { config }));
const gcs = "gcp:storage/bucket:Bucket";

const archived = [
    {
        action: { type: "SetStorageClass", storageClass: "NEARLINE" },
        condition: { age: 7, matchesStorageClasses: ["STANDARD"] },
    },
    {
        action: { type: "SetStorageClass", storageClass: "ARCHIVE" },
        condition: { age: 90, matchesStorageClasses: ["NEARLINE"] },
    },
];
const cleanup = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
];

describe("the buckets on GCP", () => {
    it("are private, versioned, encrypted with a customer-managed key, and have soft delete (D1)", async () => {
        const all = await created(() => createStorage("storage", { config: configOf("gcp", "prod") }), {
            "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-1@container.example.com" },
        });
        for (const purpose of ["backup", "logs"]) {
            const own = createdOne(all, gcs, `storage-buckets-${purpose}`);
            assert.equal(own["name"], `shop-project-prod-${purpose}`);
            assert.equal(own["uniformBucketLevelAccess"], true);
            assert.equal(own["publicAccessPrevention"], "enforced");
            assert.deepEqual(own["versioning"], { enabled: true });
            assert.deepEqual(own["encryption"], { defaultKmsKeyName: `storage-buckets-${purpose}-id` });
            assert.deepEqual(own["softDeletePolicy"], { retentionDurationSeconds: 2_592_000 });
        }
    });

    it("move objects to Nearline after 7 days and to Archive after 90 days (ST-07, ST-08)", async () => {
        const resources = await bucketsOf(configOf("gcp", "prod"));
        // Not `elasticsearch/`, whose snapshots share files of any age (BK-06).
        const matchesPrefixes = ["postgres/", "valkey-state/"];
        assert.deepEqual(inputs(resources, gcs, "storage-buckets-backup")["lifecycleRules"], [
            ...archived.map(({ action, condition }) => ({ action, condition: { ...condition, matchesPrefixes } })),
            ...cleanup,
        ]);
        assert.deepEqual(inputs(resources, gcs, "storage-buckets-logs")["lifecycleRules"], [
            ...archived,
            { action: { type: "Delete" }, condition: { age: 365 } },
            ...cleanup,
        ]);
    });

    it("are in two regions, with keys on the continent (BK-04, CL-18)", async () => {
        const resources = await bucketsOf(configOf("gcp", "prod"));
        for (const purpose of ["backup", "logs"]) {
            const own = inputs(resources, gcs, `storage-buckets-${purpose}`);
            assert.equal(own["location"], "US");
            assert.deepEqual(own["customPlacementConfig"], { dataLocations: ["US-CENTRAL1", "US-EAST1"] });
            assert.equal(own["rpo"], purpose === "backup" ? "ASYNC_TURBO" : undefined);
            const ring = inputs(resources, "gcp:kms/keyRing:KeyRing", `storage-buckets-${purpose}`);
            assert.equal(ring["location"], "us");
        }
        const gcp = {
            project: "shop-project",
            region: "europe-west1",
            drRegion: "europe-west4",
            zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
        };
        const europe = await bucketsOf(configOf("gcp", "staging", { gcp }));
        assert.equal(inputs(europe, gcs, "storage-buckets-backup")["location"], "EU");
        assert.equal(inputs(europe, "gcp:kms/keyRing:KeyRing", "storage-buckets-backup")["location"], "europe");
    });

    it("are in one region in dev, and deleted with the stack", async () => {
        const own = one(await bucketsOf(configOf("gcp", "dev")), gcs, "storage-buckets-backup");
        assert.equal(own.inputs["location"], "us-central1");
        assert.ok(!("customPlacementConfig" in own.inputs) && !("rpo" in own.inputs));
        assert.deepEqual([own.inputs["forceDestroy"], own.options.protect], [true, undefined]);
        const prod = one(await bucketsOf(configOf("gcp", "prod")), gcs, "storage-buckets-backup");
        assert.deepEqual([prod.inputs["forceDestroy"], prod.options.protect], [false, true]);
    });

    it("have access logs of backups in the logs bucket, and no other grants (D1, D3)", async () => {
        const resources = await bucketsOf(configOf("gcp", "prod"));
        const logging = inputs(resources, gcs, "storage-buckets-backup")["logging"] as JsonObject;
        assert.equal(logging["logObjectPrefix"], "access/backup");
        const grants = resources.filter(({ type }) => type === "gcp:storage/bucketIAMMember:BucketIAMMember");
        assert.deepEqual(
            grants.map(({ inputs: own }) => own),
            [
                {
                    bucket: "shop-project-prod-logs",
                    role: "roles/storage.objectCreator",
                    member: "group:cloud-storage-analytics@google.com",
                },
            ],
        );
    });
});
