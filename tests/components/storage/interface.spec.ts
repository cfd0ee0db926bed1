import assert from "node:assert/strict";

import { createStorage } from "../../../components/storage";
import type { Storage } from "../../../components/storage/types";
import type { PlatformConfig } from "../../../components/platform";
import { configOf } from "../layers";
import { probe, type Probed } from "../probe";
import { OtherRegion } from "./aws/planned-buckets";

const outputs = {
    "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-42@container.example.com" },
    "aws:kms/key:Key": { arn: "arn:key" },
};

/** The layer's interface, with the fields of both buckets on their own. */
const storageOf = (config: PlatformConfig): Promise<Record<string, Probed>> =>
    probe(() => {
        const copied = config.cloud === "aws" && config.replicateBackups;
        const { backups, logs, ...others }: Storage = createStorage("storage", {
            config,
            ...(copied ? { drProvider: new OtherRegion(config.drRegion) } : {}),
        });
        const of = (name: string, store: typeof backups) =>
            Object.fromEntries(Object.entries(store ?? {}).map(([field, value]) => [`${name}.${field}`, value]));
        const { daily, keep } = others.snapshots ?? {};
        return {
            ...others,
            snapshots: `${daily ?? "-"} ${keep ?? "-"}`,
            ...of("backups", backups),
            ...of("logs", logs),
        };
    }, outputs);

const plain = (value: unknown): Probed => ({ value, waitsFor: [] });

const classes = {
    fastSsd: plain("fast-ssd"),
    standardSsd: plain("standard-ssd"),
    hdd: plain("hdd"),
};
const snapshots = plain("snapshots-daily snapshots-keep");
const nothing = plain(undefined);

/** A bucket on AWS with all its settings. */
const complete = (bucket: string, ...more: string[]) =>
    [
        `Bucket ${bucket}`,
        `BucketLifecycleConfiguration ${bucket}-lifecycle`,
        `BucketOwnershipControls ${bucket}-ownership`,
        `BucketPolicy ${bucket}-policy`,
        `BucketPublicAccessBlock ${bucket}-private`,
        `BucketServerSideEncryptionConfiguration ${bucket}-encryption`,
        `BucketVersioning ${bucket}-versioning`,
        ...more,
    ].sort();

describe("the interface of storage", () => {
    it("on GCP names buckets when they exist, and the bucket of access logs when it can be written", async () => {
        const bucket = (purpose: string, value: unknown): Probed => ({
            value,
            waitsFor: [`Bucket storage-buckets-${purpose}`],
        });
        assert.deepEqual(await storageOf(configOf("gcp", "prod")), {
            ...classes,
            regionalSsd: plain("regional-ssd"),
            snapshots,
            accessLogBucket: {
                value: "shop-project-prod-logs",
                waitsFor: ["Bucket storage-buckets-logs", "BucketIAMMember storage-buckets-recorder"],
            },
            "backups.name": bucket("backup", "shop-project-prod-backup"),
            "backups.url": bucket("backup", "gs://shop-project-prod-backup"),
            // Cloud Storage's agent encrypts: users of the bucket need no permission for the key.
            "backups.key": nothing,
            "logs.name": bucket("logs", "shop-project-prod-logs"),
            "logs.url": bucket("logs", "gs://shop-project-prod-logs"),
            "logs.key": nothing,
        });
    });

    it("on AWS names buckets when their settings are applied, each with its key", async () => {
        const vault = "storage-buckets-vault-backup";
        const backups = complete(
            vault,
            `BucketLogging ${vault}-logging`,
            `BucketObjectLockConfiguration ${vault}-lock`,
        );
        const logs = complete("storage-buckets-logs", "BucketLogging storage-buckets-logs-logging");
        const place = "prod-123456789012-us-east-1";
        assert.deepEqual(await storageOf(configOf("aws", "prod")), {
            ...classes,
            regionalSsd: nothing,
            snapshots,
            accessLogBucket: { value: `shop-access-${place}`, waitsFor: complete("storage-buckets-vault-access") },
            "backups.name": { value: `shop-backup-${place}`, waitsFor: backups },
            "backups.url": { value: `s3://shop-backup-${place}`, waitsFor: backups },
            "backups.key": { value: "arn:key", waitsFor: ["Key storage-buckets-vault-key"] },
            "logs.name": { value: `shop-logs-${place}`, waitsFor: logs },
            "logs.url": { value: `s3://shop-logs-${place}`, waitsFor: logs },
            "logs.key": { value: "arn:key", waitsFor: ["Key storage-buckets-logs-key"] },
        });
    });

    it("in a replica names the primary's backups, for reading (CL-18)", async () => {
        const recovery = { role: "replica", replicaOf: "main" } as const;
        const replica = { ...classes, snapshots, accessLogBucket: nothing, "backups.key": nothing };
        assert.deepEqual(await storageOf(configOf("gcp", "prod", { recovery })), {
            ...replica,
            regionalSsd: plain("regional-ssd"),
            "backups.name": plain("shop-project-main-backup"),
            "backups.url": plain("gs://shop-project-main-backup"),
        });
        assert.deepEqual(await storageOf(configOf("aws", "prod", { recovery })), {
            ...replica,
            regionalSsd: nothing,
            "backups.name": plain("shop-backup-main-123456789012-us-west-2"),
            "backups.url": plain("s3://shop-backup-main-123456789012-us-west-2"),
        });
    });

    it("on an existing cluster has classes only, and snapshots where a driver is configured", async () => {
        const own = { ...classes, regionalSsd: nothing, accessLogBucket: nothing };
        assert.deepEqual(await storageOf(configOf("existing", "prod")), { ...own, snapshots: plain("- -") });
        const existing = { snapshotDriver: "rbd.csi.ceph.com" };
        assert.deepEqual(await storageOf(configOf("existing", "prod", { existing })), { ...own, snapshots });
    });
});
