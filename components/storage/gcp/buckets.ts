import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { gcpBucket, places, type Rule, store, tidying } from "../../common/gcp/bucket";
import { days } from "../../common/object-lifecycle";
import type { ObjectStore } from "../types";

/** What {@link GcpBuckets} are made from. */
export interface GcpBucketsArgs {
    readonly config: LayerConfig;
    /** Account that Cloud Storage works under. */
    readonly agent: pulumi.Input<string>;
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

/** Deletes logs at the end of their year. */
const expiring: readonly Rule[] = [{ action: { type: "Delete" }, condition: { age: days.logs } }];

/** The buckets of a stack: one for backups, one for archived logs and for the record of who read the backups. */
export class GcpBuckets extends pulumi.ComponentResource {
    public readonly backups: ObjectStore;
    public readonly logs: ObjectStore;
    /** Bucket for the record of who read; resolves when it can be written to. */
    public readonly recorder: pulumi.Output<string>;

    constructor(name: string, args: GcpBucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:GcpBuckets", name, {}, opts);
        const child = { parent: this };
        const { pair } = places(args.config);
        const logs = gcpBucket(
            `${name}-logs`,
            { ...args, purpose: "logs", more: { lifecycleRules: [...ageing, ...expiring, ...tidying] } },
            child,
        );
        const recorder = new storage.BucketIAMMember(
            `${name}-recorder`,
            // Google's own group writes the records; it may add objects and read none (D3).
            {
                bucket: logs.name,
                role: "roles/storage.objectCreator",
                member: "group:cloud-storage-analytics@google.com",
            },
            child,
        );
        this.recorder = after(logs.name, [recorder]);
        const more = {
            lifecycleRules: [...ageing, ...tidying],
            // Who read or deleted a backup, and when (D1).
            logging: { logBucket: this.recorder, logObjectPrefix: "access/backup" },
            // A backup is in the other region within fifteen minutes (BK-04).
            ...(pair === undefined ? {} : { rpo: "ASYNC_TURBO" }),
        };
        const backups = gcpBucket(`${name}-backup`, { ...args, purpose: "backup", more }, child);
        this.backups = store(backups);
        this.logs = store(logs);
        this.registerOutputs({ backups: this.backups.url, logs: this.logs.url, recorder: this.recorder });
    }
}
