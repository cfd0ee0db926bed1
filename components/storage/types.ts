import type * as pulumi from "@pulumi/pulumi";

import type { ObjectStore } from "../common/object-store";

export type { ObjectStore } from "../common/object-store";
export type { StorageConfig } from "./config";

/** Names of the classes of volume snapshots (ST-04). */
export interface SnapshotClassNames {
    /** For a schedule: who deletes the VolumeSnapshot deletes its data. */
    readonly daily: "snapshots-daily";
    /** For people: the data outlives the VolumeSnapshot and its namespace. */
    readonly keep: "snapshots-keep";
}

/** What the storage layer promises. Classes have the same names on every cloud (ST-01, ST-02). */
export interface Storage {
    /** SSD for databases and queues. */
    readonly fastSsd: "fast-ssd";
    /** Standard SSD for logs and scratch data. */
    readonly standardSsd: "standard-ssd";
    /** Disks for backups and archives. */
    readonly hdd: "hdd";
    /**
     * SSD in two zones at once, for what cannot copy itself (ST-03). Undefined where volumes live in one zone: on AWS, on
     * an existing cluster, and on machine series that do not attach such disks. Mount it in the app pool only.
     */
    readonly regionalSsd: "regional-ssd" | undefined;
    /** Undefined on an existing cluster that names no driver for them. */
    readonly snapshots: SnapshotClassNames | undefined;
    /** Where backups go; in a replica the primary's, to read from. Undefined on an existing cluster. */
    readonly backups: ObjectStore | undefined;
    /** Where logs are archived. Undefined on an existing cluster and in a replica. */
    readonly logs: ObjectStore | undefined;
    /**
     * Bucket that the cloud keeps the record of who read other buckets in; resolves when it can be written to. Undefined
     * on an existing cluster and in a replica.
     */
    readonly recorder: pulumi.Output<string> | undefined;
}
