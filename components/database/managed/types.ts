import type * as pulumi from "@pulumi/pulumi";

import type { DatabaseSettings } from "../config";
import type { ManagedMachine } from "../config-kind";
import type { ServerCheck } from "../server-check";

/** PostgreSQL of a cloud, behind the same poolers as the operator's (DB-18). */
export interface ManagedPostgres {
    /** Host of the primary; after a failover it leads to the new one. */
    readonly primaryHost: pulumi.Output<string>;
    /** Hosts of the read replicas. */
    readonly replicaHosts: readonly pulumi.Output<string>[];
    /** Certificates of the authorities that issued the servers' certificates, as PEM. */
    readonly authority: pulumi.Output<string>;
    readonly serverCheck: ServerCheck;
    /** Resolve when all instances accept connections. */
    readonly ready: readonly pulumi.Resource[];
}

/** The database's settings, of a managed kind. */
export type ManagedSettings = DatabaseSettings & { readonly machine: ManagedMachine };

/** The settings with the size of the instances. Rules refuse a managed kind without. */
export function managedSettings(database: DatabaseSettings): ManagedSettings {
    const { machine } = database;
    if (machine === undefined) {
        throw new Error(`database.kind (${database.kind}) is not managed; give cloud-sql or rds`);
    }
    return { ...database, machine };
}

/** Times that a disk may grow to before someone has to look: a runaway query must not buy a disk of any size. */
export const storageGrowth = 4;

/** User of the service that may create roles and databases. Both services allow this name. */
export const administrator = "postgres";

/** Name of the Secret of {@link administrator}. */
export const administratorSecret = "postgres-administrator";

/** Name of the Secret with the authorities' certificates, as `ca.crt`. */
export const authoritySecret = "postgres-authority";
