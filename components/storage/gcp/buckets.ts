import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { bucketLocation, cleanupRules, gcpBucket, objectStore, type Rule } from "../../common/gcp/bucket";
import { agedFolders, days } from "../../common/object-lifecycle";
import { kept } from "../../common/protection";
import type { ObjectStore } from "../types";

/** Arguments of {@link GcpBuckets}. */
export interface GcpBucketsArgs {
    readonly config: LayerConfig;
    /** Cloud Storage's service agent. */
    readonly agent: pulumi.Input<string>;
}

/** Transitions to classes with lower storage costs; transitions by rule have no early-deletion fee (ST-07, ST-08). */
function archiveRules(of: { readonly matchesPrefixes?: string[] }): readonly Rule[] {
    return [
        {
            action: { type: "SetStorageClass", storageClass: "NEARLINE" },
            condition: { age: days.infrequentAccess, matchesStorageClasses: ["STANDARD"], ...of },
        },
        {
            action: { type: "SetStorageClass", storageClass: "ARCHIVE" },
            condition: { age: days.archived, matchesStorageClasses: ["NEARLINE"], ...of },
        },
    ];
}

/** Deletes logs after one year. */
const expirationRules: readonly Rule[] = [{ action: { type: "Delete" }, condition: { age: days.logs } }];

/** The buckets of a stack: one for backups, one for archived logs and for access logs of the backups. */
export class GcpBuckets extends pulumi.ComponentResource {
    public readonly backups: ObjectStore;
    public readonly logs: ObjectStore;
    /** Bucket of access logs; resolves when Cloud Storage can write to it. Undefined without usage logs. */
    public readonly accessLogBucket: pulumi.Output<string> | undefined;

    constructor(name: string, args: GcpBucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:GcpBuckets", name, {}, opts);
        const child = { parent: this };
        const { customPlacementConfig } = bucketLocation(args.config);
        const logs = gcpBucket(
            `${name}-logs`,
            {
                ...args,
                purpose: "logs",
                overrides: { lifecycleRules: [...archiveRules({}), ...expirationRules, ...cleanupRules] },
            },
            child,
        );
        this.accessLogBucket = args.config.usageLogs ? this.recordedIn(`${name}-recorder`, args, logs.name) : undefined;
        const overrides = {
            lifecycleRules: [
                ...archiveRules({ matchesPrefixes: agedFolders.map((folder) => `${folder}/`) }),
                ...cleanupRules,
            ],
            // Records reads and deletions of backups (D1).
            ...(this.accessLogBucket === undefined
                ? {}
                : { logging: { logBucket: this.accessLogBucket, logObjectPrefix: "access/backup" } }),
            // Replicated to the other region within 15 minutes (BK-04).
            ...(customPlacementConfig === undefined ? {} : { rpo: "ASYNC_TURBO" }),
        };
        const backups = gcpBucket(`${name}-backup`, { ...args, purpose: "backup", overrides }, child);
        this.backups = objectStore(backups);
        this.logs = objectStore(logs);
        this.registerOutputs({ backups: this.backups.url, logs: this.logs.url, accessLogBucket: this.accessLogBucket });
    }

    /** Lets Cloud Storage write usage logs to the bucket, and returns its name. */
    private recordedIn(name: string, { config }: GcpBucketsArgs, bucket: pulumi.Output<string>): pulumi.Output<string> {
        const writer = new storage.BucketIAMMember(
            name,
            // Google's group that writes access logs; it may create objects but not read them (D3).
            {
                bucket,
                role: "roles/storage.objectCreator",
                member: "group:cloud-storage-analytics@google.com",
            },
            { parent: this, ...kept(config.data.keepOnDestroy) },
        );
        return after(bucket, [writer]);
    }
}
