import * as storage from "@pulumi/gcp/storage";
import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import { after } from "../common/after";
import { GcpKey } from "./keys-gcp";
import { days } from "./lifecycle";
import { gcsName, type Purpose } from "./names";
import type { ObjectStore } from "./types";

/** What {@link GcpBuckets} are made from. */
export interface GcpBucketsArgs {
    readonly config: PlatformConfig;
    /** Account that Cloud Storage works under. */
    readonly agent: pulumi.Input<string>;
}

type Rule = input.storage.BucketLifecycleRule;

/** Google's names of its continents: for a bucket, and for the key of a bucket in two of its regions. */
const continents: Readonly<Record<string, { readonly bucket: string; readonly key: string }>> = {
    us: { bucket: "US", key: "us" },
    europe: { bucket: "EU", key: "europe" },
    asia: { bucket: "ASIA", key: "asia" },
};

/** Where buckets and their keys lie: in one region, or in one of a continent's pairs (CL-18, BK-04). */
function places(config: Pick<PlatformConfig, "region" | "drRegion" | "replicateBackups">) {
    const { region, drRegion, replicateBackups } = config;
    const continent = continents[region.split("-")[0] ?? ""];
    if (!replicateBackups) {
        return { location: region, keyLocation: region, pair: undefined };
    }
    if (continent === undefined) {
        throw new Error(`region (${region}) has no second region that a bucket could span; see gcp.region`);
    }
    const dataLocations = [region.toUpperCase(), drRegion.toUpperCase()];
    return { location: continent.bucket, keyLocation: continent.key, pair: { dataLocations } };
}

/** To cheaper classes as objects age; who moves an object this way pays no early-deletion fee (ST-07, ST-08). */
const ageing: readonly Rule[] = [
    {
        action: { type: "SetStorageClass", storageClass: "NEARLINE" },
        condition: { age: days.seldomRead, matchesStorageClasses: ["STANDARD"] },
    },
    {
        action: { type: "SetStorageClass", storageClass: "ARCHIVE" },
        condition: { age: days.archived, matchesStorageClasses: ["NEARLINE"] },
    },
];

/** What nobody can want any more. */
const tidying: readonly Rule[] = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: days.callBack, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: days.brokenUpload } },
];

/** Deletes logs at the end of their year. */
const expiring: readonly Rule[] = [{ action: { type: "Delete" }, condition: { age: days.logs } }];

/** The buckets of a stack: one for backups, one for archived logs and for the record of who read the backups. */
export class GcpBuckets extends pulumi.ComponentResource {
    public readonly backups: ObjectStore;
    public readonly logs: ObjectStore;

    constructor(name: string, args: GcpBucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:GcpBuckets", name, {}, opts);
        const { config } = args;
        const { pair } = places(config);
        const logs = this.bucket(name, args, "logs", { lifecycleRules: [...ageing, ...expiring, ...tidying] });
        const recorder = new storage.BucketIAMMember(
            `${name}-recorder`,
            // Google's own group writes the records; it may add objects and read none (D3).
            {
                bucket: logs.name,
                role: "roles/storage.objectCreator",
                member: "group:cloud-storage-analytics@google.com",
            },
            { parent: this },
        );
        const backups = this.bucket(name, args, "backup", {
            lifecycleRules: [...ageing, ...tidying],
            // Who read or deleted a backup, and when (D1).
            logging: { logBucket: after(logs.name, [recorder]), logObjectPrefix: "access/backup" },
            // A backup is in the other region within fifteen minutes (BK-04).
            ...(pair === undefined ? {} : { rpo: "ASYNC_TURBO" }),
        });
        this.backups = store(backups);
        this.logs = store(logs);
        this.registerOutputs({ backups: this.backups.url, logs: this.logs.url });
    }

    private bucket(
        name: string,
        { config, agent }: GcpBucketsArgs,
        purpose: Purpose,
        more: Partial<storage.BucketArgs>,
    ): storage.Bucket {
        const child = { parent: this };
        const { location, keyLocation, pair } = places(config);
        const key = new GcpKey(`${name}-${purpose}`, { config, location: keyLocation, user: agent }, child);
        return new storage.Bucket(
            `${name}-${purpose}`,
            {
                project: config.account,
                name: gcsName(config.account, config.stack, purpose),
                location,
                ...(pair === undefined ? {} : { customPlacementConfig: pair }),
                storageClass: "STANDARD",
                // Access by IAM alone: nobody looks at the lists that each object could carry (D1).
                uniformBucketLevelAccess: true,
                // Not even an administrator can open it to the world by a slip (D1, D3).
                publicAccessPrevention: "enforced",
                versioning: { enabled: true },
                // Ours: Cloud Storage stops reading when it is taken away (D1).
                encryption: { defaultKmsKeyName: key.id },
                // Also after a deletion by version, and of the bucket itself. In place of a retention policy (docs/adr).
                softDeletePolicy: { retentionDurationSeconds: days.callBack * 86_400 },
                // Where the cluster may go at any time, so may what is in its buckets.
                forceDestroy: !config.cluster.deletionProtection,
                ...more,
            },
            { ...child, protect: config.cluster.deletionProtection },
        );
    }
}

/** Cloud Storage encrypts by itself: who is let into the bucket needs no right to its key. */
function store(bucket: storage.Bucket): ObjectStore {
    return { name: bucket.name, url: pulumi.interpolate`gs://${bucket.name}`, key: undefined };
}
