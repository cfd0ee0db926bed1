import { hasBucket } from "../../config/clouds";
import type { CoreConfig } from "../../config/core";
import { configPart, defaultOn, defined } from "../../config/part";
import type { Tier } from "../../config/schema";
import { databaseShape } from "./config-keys";
import { type DatabaseKind, type ManagedMachine, managedServiceOf } from "./config-kind";
import { databaseRules } from "./config-rules";
import { managedRules } from "./config-rules-managed";
import type { ConnectionSizing, PoolerSizing } from "./config-sizing";

export { reservedConnections } from "./config-sizing";

interface DatabaseTier extends ConnectionSizing {
    readonly poolers: PoolerSizing;
    readonly instances: number;
    readonly cpu: string;
    readonly memory: string;
    readonly storageGiB: number;
    readonly walGiB: number;
    readonly maxConnections: number;
    readonly backup: {
        /** Six cron fields, UTC. */
        readonly schedule: string;
        readonly snapshotSchedule: string;
        readonly retentionDays: number;
        /** Months of which the first full backup is kept. */
        readonly monthlyCopies: number;
    };
}

/** The database's settings. */
export interface DatabaseSettings extends DatabaseTier {
    readonly kind: DatabaseKind;
    /** Size of each managed instance; absent with the operator. */
    readonly machine?: ManagedMachine;
    /** Zones that the instances must be spread over. */
    readonly zones: number;
    readonly backup: DatabaseTier["backup"] & {
        /** Whether the operator makes them, in the stack's bucket; a replica reads its primary's. */
        readonly enabled: boolean;
    };
    /** Whether the table of users is partitioned by month of registration (DB-13). */
    readonly users: "plain" | "partitioned";
    readonly passwordGeneration: number;
}

/** The configuration of the database layer. */
export interface DatabaseConfig {
    readonly database: DatabaseSettings;
}

// Full backups at the sources' hour, before the shop's day begins; snapshots every six hours (BK-01, BK-02). A backup of
// each month of the last year: 90 days and more in cold storage (X19).
const backup = {
    schedule: "0 0 2 * * *",
    snapshotSchedule: "0 0 */6 * * *",
    retentionDays: 7,
    monthlyCopies: 12,
};

/** Three reads to a write (DB-10). */
const readShare = 75;

const tiers: Readonly<Record<Tier, DatabaseTier>> = {
    dev: {
        // Without a replica: dev's data can be created again, and it fits on a laptop.
        instances: 1,
        cpu: "250m",
        memory: "1Gi",
        storageGiB: 10,
        walGiB: 5,
        maxConnections: 100,
        poolers: { instances: 1, serverConnections: 20, readShare },
        // There is no replica to send reads to.
        pgpool: { enabled: false, instances: 1, children: 50, pools: 4, queryCacheSeconds: 0 },
        backup,
    },
    staging: {
        // One for each of the pool's three nodes, so that a failover leaves a replica.
        instances: 3,
        cpu: "2",
        memory: "8Gi",
        storageGiB: 50,
        walGiB: 20,
        maxConnections: 600,
        poolers: { instances: 2, serverConnections: 20, readShare },
        pgpool: { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 },
        backup,
    },
    prod: {
        // The primary and three replicas (DB-01).
        instances: 4,
        // Three quarters of the pool's machines, which have 8 vCPU and 32 GiB: the rest is the node's and the backups'.
        cpu: "6",
        memory: "24Gi",
        storageGiB: 200,
        walGiB: 50,
        maxConnections: 700,
        poolers: { instances: 3, serverConnections: 40, readShare },
        pgpool: { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 },
        backup,
    },
};

/** The defaults of a stack: its tier's, except where it does not serve the shop. */
function defaultsOf({ tier, role }: Pick<CoreConfig, "tier" | "role">): DatabaseTier {
    if (role === "replica") {
        const { pgpool, poolers } = tiers[tier];
        // One that replays the primary's log and one to promote with it; the rest is added on promotion (BK-04, CL-18).
        const instances = Math.min(tiers[tier].instances, 2);
        return {
            ...tiers[tier],
            instances,
            poolers: { ...poolers, instances: 1 },
            pgpool: { ...pgpool, enabled: false },
        };
    }
    return tiers[tier];
}

/** Size of a managed instance; a type that the service does not have is refused by a rule. */
function machineOf(kind: DatabaseKind, tier: Tier, given: string | undefined): { readonly machine?: ManagedMachine } {
    const service = managedServiceOf(kind);
    if (service === undefined) {
        return {};
    }
    const type = given ?? service.machineTypes[tier];
    return { machine: service.machine(type) ?? { type, vcpu: 0, memoryMiB: 0 } };
}

/** The database's keys. */
export const databaseConfig = configPart({
    name: "database",
    shape: databaseShape,
    tiers,
    resolve: ({ database }, core): DatabaseConfig => {
        const defaults = defaultsOf(core);
        const instances = database?.instances ?? defaults.instances;
        const kind = database?.kind ?? "cloudnative-pg";
        return {
            database: {
                kind,
                ...machineOf(kind, core.tier, database?.machineType),
                instances,
                zones: database?.zones ?? Math.min(instances, 3),
                cpu: database?.cpu ?? defaults.cpu,
                memory: database?.memory ?? defaults.memory,
                storageGiB:
                    database?.storageGiB ?? Math.max(defaults.storageGiB, managedServiceOf(kind)?.leastStorageGiB ?? 0),
                walGiB: database?.walGiB ?? defaults.walGiB,
                maxConnections: database?.maxConnections ?? defaults.maxConnections,
                poolers: { ...defaults.poolers, ...defined(database?.poolers) },
                pgpool: { ...defaults.pgpool, ...defined(database?.pgpool) },
                backup: {
                    ...defaults.backup,
                    ...defined(database?.backup),
                    enabled: hasBucket[core.cloud] && managedServiceOf(kind) === undefined,
                },
                users: database?.users ?? "plain",
                passwordGeneration: database?.passwordGeneration ?? 1,
            },
        };
    },
    rules: [...databaseRules, ...managedRules],
    defaults: {
        "database.kind": ({ database }) => database.kind,
        "database.machineType": ({ database }) => database.machine?.type,
        "database.instances": ({ database }) => database.instances,
        "database.zones": ({ database }) => database.zones,
        "database.cpu": ({ database }) => database.cpu,
        "database.memory": ({ database }) => database.memory,
        "database.storageGiB": ({ database }) => database.storageGiB,
        "database.walGiB": ({ database }) => database.walGiB,
        "database.maxConnections": ({ database }) => database.maxConnections,
        "database.poolers.instances": ({ database }) => database.poolers.instances,
        "database.poolers.serverConnections": ({ database }) => database.poolers.serverConnections,
        "database.poolers.readShare": ({ database }) => database.poolers.readShare,
        "database.pgpool.enabled": ({ database }) => database.pgpool.enabled,
        "database.pgpool.instances": ({ database }) => database.pgpool.instances,
        "database.pgpool.children": ({ database }) => database.pgpool.children,
        "database.pgpool.pools": ({ database }) => database.pgpool.pools,
        "database.pgpool.queryCacheSeconds": ({ database }) => database.pgpool.queryCacheSeconds,
        "database.backup.schedule": defaultOn(["gcp", "aws"], ({ database }) => database.backup.schedule),
        "database.backup.snapshotSchedule": defaultOn(
            ["gcp", "aws"],
            ({ database }) => database.backup.snapshotSchedule,
        ),
        "database.backup.retentionDays": defaultOn(["gcp", "aws"], ({ database }) => database.backup.retentionDays),
        "database.backup.monthlyCopies": defaultOn(["gcp", "aws"], ({ database }) => database.backup.monthlyCopies),
        "database.users": ({ database }) => database.users,
        "database.passwordGeneration": ({ database }) => database.passwordGeneration,
    },
});
