import type * as pulumi from "@pulumi/pulumi";

import type { ObjectStore } from "../common/object-store";

export type { ObjectStore } from "../common/object-store";
export type { StorageConfig } from "./config";

/** Names of the classes of volume snapshots (ST-04). */
export interface SnapshotClassNames {
    /** For schedules: the data is deleted with the VolumeSnapshot. */
    readonly daily: "snapshots-daily";
    /** For manual snapshots: the data outlives the VolumeSnapshot and its namespace. */
    readonly keep: "snapshots-keep";
}

/** The interface of the storage layer. Classes have the same names on every cloud (ST-01, ST-02). */
export interface Storage {
    /** SSD for databases and queues. */
    readonly fastSsd: "fast-ssd";
    /** Standard SSD for logs and scratch data. */
    readonly standardSsd: "standard-ssd";
    /** Disks for backups and archives. */
    readonly hdd: "hdd";
    /**
     * SSD replicated over two zones, for applications without replication (ST-03). Undefined where volumes are zonal: on AWS, on
     * an existing cluster, and on machine series that do not support such disks. Mount it in the app pool only.
     */
    readonly regionalSsd: "regional-ssd" | undefined;
    /** Undefined on an existing cluster without `existing.snapshotDriver`. */
    readonly snapshots: SnapshotClassNames | undefined;
    /** Bucket of backups; in a replica the primary's, for reading. Undefined on an existing cluster. */
    readonly backups: ObjectStore | undefined;
    /** Bucket of archived logs. Undefined on an existing cluster and in a replica. */
    readonly logs: ObjectStore | undefined;
    /**
     * Bucket that receives access logs of other buckets; resolves when the cloud can write to it. Undefined on an existing
     * cluster, in a replica, and where audit logs take their place (`gcp.usageLogs`).
     */
    readonly accessLogBucket: pulumi.Output<string> | undefined;
}
