import type * as pulumi from "@pulumi/pulumi";

import type { Store } from "../layer";

export type { DatabaseConfig } from "./config";

/** Pods that serve metrics of the database, for alerts and dashboards (DB-02, DB-11). */
export interface DatabaseMetrics {
    /** PodMonitor's name. */
    readonly monitor: string;
    /** What its metrics' names begin with. */
    readonly prefix: string;
}

/** The interface of the database layer, whatever runs PostgreSQL (DB-01, DB-07, DB-09, DB-17). */
export interface Database {
    /** The primary, by PgBouncer: store `postgres-rw`. */
    readonly writer: Store;
    /** The replicas, by PgBouncer: store `postgres-ro`. Without a replica, the primary. */
    readonly reader: Store;
    /** Reads to replicas and the rest to the primary, by Pgpool-II: store `postgres-split`. Undefined where it is off. */
    readonly split: Store | undefined;
    /** Name of the database. */
    readonly name: string;
    /** Where migrations connect: `host:port` of the primary without a pooler, since they need sessions. */
    readonly primary: pulumi.Output<string>;
    /** Secret of the role that owns the objects, with `username` and `password`, in namespace `data`. */
    readonly owner: pulumi.Output<string>;
    /** Role of each workload that calls one of the stores; its Secret is `Store.credentialsOf`. */
    readonly roles: Readonly<Record<string, string>>;
    readonly metrics: readonly DatabaseMetrics[];
    /** What has to exist before anything connects to it. */
    readonly ready: readonly pulumi.Resource[];
}

/** The stores by name; Pgpool-II's is absent where it is off. */
export function databaseStores({ writer, reader, split }: Database): Readonly<Record<string, Store>> {
    return {
        "postgres-rw": writer,
        "postgres-ro": reader,
        ...(split === undefined ? {} : { "postgres-split": split }),
    };
}
