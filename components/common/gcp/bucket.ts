import * as storage from "@pulumi/gcp/storage";
import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import { kept, type ProtectionConfig, type RetentionConfig } from "../protection";
import { continents } from "../../../config/tiers";
import { GcpKey } from "./key";
import { days } from "../object-lifecycle";
import { gcsName, type Purpose } from "../bucket-names";
import type { ObjectStore } from "../object-store";

export type Rule = input.storage.BucketLifecycleRule;

/** Whether buckets span two regions (CL-18, BK-04). */
export interface ReplicationConfig {
    readonly replicateBackups: boolean;
}

/** Arguments of {@link gcpBucket}. */
export interface GcpBucketArgs {
    readonly config: CoreConfig & ProtectionConfig & ReplicationConfig & RetentionConfig;
    /** Cloud Storage's service agent. */
    readonly agent: pulumi.Input<string>;
    readonly purpose: Purpose;
    /** Arguments that override the common ones. @default none */
    readonly overrides?: Partial<storage.BucketArgs>;
}

/** Location of buckets and their keys: one region, or a pair of regions of one continent (CL-18, BK-04). */
export function bucketLocation(config: Pick<CoreConfig, "region" | "drRegion"> & ReplicationConfig) {
    const { region, drRegion, replicateBackups } = config;
    // The key location of a continent is the prefix of its regions' names.
    const keyLocation = region.split("-")[0] ?? "";
    const location = continents[keyLocation];
    if (!replicateBackups) {
        return { location: region, keyLocation: region, customPlacementConfig: undefined };
    }
    if (location === undefined) {
        throw new Error(`region (${region}) has no second region that a bucket could span; see gcp.region`);
    }
    const dataLocations = [region.toUpperCase(), drRegion.toUpperCase()];
    return { location, keyLocation, customPlacementConfig: { dataLocations } };
}

/**
 * Lifecycle rules of every bucket: deletion of noncurrent versions and incomplete uploads. A deleted version is soft-deleted
 * and can be restored: keeping noncurrent versions as long would store, and bill, each deleted object for twice the time.
 * https://docs.cloud.google.com/storage/docs/object-versioning#considerations
 */
export const cleanupRules: readonly Rule[] = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: days.noncurrent, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: days.incompleteUpload } },
];

/** Creates a private, versioned bucket that is encrypted with a key of its own (D1, SC-06). */
export function gcpBucket(name: string, args: GcpBucketArgs, child: pulumi.CustomResourceOptions): storage.Bucket {
    const { config, agent, purpose, overrides = {} } = args;
    const { location, keyLocation, customPlacementConfig } = bucketLocation(config);
    const { keepOnDestroy: keep } = config.data;
    const key = new GcpKey(name, { config, location: keyLocation, user: agent, keep }, child);
    return new storage.Bucket(
        name,
        {
            project: config.account,
            name: gcsName(config.account, config.stack, purpose),
            location,
            ...(customPlacementConfig === undefined ? {} : { customPlacementConfig }),
            storageClass: "STANDARD",
            // ACLs are disabled: access follows from IAM alone (D1).
            uniformBucketLevelAccess: true,
            // Rejects grants to allUsers and allAuthenticatedUsers, of administrators too (D1, D3).
            publicAccessPrevention: "enforced",
            versioning: { enabled: true },
            // Customer-managed: without the key's grant Cloud Storage cannot decrypt (D1).
            encryption: { defaultKmsKeyName: key.id },
            // Deleted versions, and the bucket itself, can be restored. In place of a retention policy (docs/adr).
            softDeletePolicy: { retentionDurationSeconds: days.deleted * 86_400 },
            // A stack whose cluster may be deleted may lose its objects too, unless they outlive it.
            forceDestroy: !config.cluster.deletionProtection && !keep,
            ...overrides,
        },
        { ...child, protect: config.cluster.deletionProtection, ...kept(keep) },
    );
}

/** The service agent encrypts and decrypts: users of the bucket need no permission for its key. */
export function objectStore(bucket: storage.Bucket): ObjectStore {
    return { name: bucket.name, url: pulumi.interpolate`gs://${bucket.name}`, key: undefined };
}
