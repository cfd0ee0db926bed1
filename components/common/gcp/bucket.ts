import * as storage from "@pulumi/gcp/storage";
import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import type { ProtectionConfig } from "../protection";
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

/** What a bucket is made from. */
export interface GcpBucketArgs {
    readonly config: CoreConfig & ProtectionConfig & ReplicationConfig;
    /** Account that Cloud Storage works under. */
    readonly agent: pulumi.Input<string>;
    readonly purpose: Purpose;
    /** What differs from bucket to bucket. @default nothing */
    readonly more?: Partial<storage.BucketArgs>;
}

/** Where buckets and their keys lie: in one region, or in one of a continent's pairs (CL-18, BK-04). */
export function places(config: Pick<CoreConfig, "region" | "drRegion"> & ReplicationConfig) {
    const { region, drRegion, replicateBackups } = config;
    // Keys of a whole continent lie in a place that is called as its regions begin.
    const keyLocation = region.split("-")[0] ?? "";
    const location = continents[keyLocation];
    if (!replicateBackups) {
        return { location: region, keyLocation: region, pair: undefined };
    }
    if (location === undefined) {
        throw new Error(`region (${region}) has no second region that a bucket could span; see gcp.region`);
    }
    const dataLocations = [region.toUpperCase(), drRegion.toUpperCase()];
    return { location, keyLocation, pair: { dataLocations } };
}

/** What nobody can want any more. */
export const tidying: readonly Rule[] = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: days.callBack, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: days.brokenUpload } },
];

/** Makes a bucket that is private in every way that Cloud Storage knows, under a key of its own (D1, SC-06). */
export function gcpBucket(name: string, args: GcpBucketArgs, child: pulumi.CustomResourceOptions): storage.Bucket {
    const { config, agent, purpose, more = {} } = args;
    const { location, keyLocation, pair } = places(config);
    const key = new GcpKey(name, { config, location: keyLocation, user: agent }, child);
    return new storage.Bucket(
        name,
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

/** Cloud Storage encrypts by itself: who is let into the bucket needs no right to its key. */
export function store(bucket: storage.Bucket): ObjectStore {
    return { name: bucket.name, url: pulumi.interpolate`gs://${bucket.name}`, key: undefined };
}
