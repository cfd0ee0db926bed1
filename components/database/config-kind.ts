import type { Cloud, Tier } from "../../config/schema";

/** What runs PostgreSQL. */
export const databaseKinds = ["cloudnative-pg", "cloud-sql", "rds"] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** A service of a cloud, instead of the operator in the cluster. */
export type ManagedKind = Exclude<DatabaseKind, "cloudnative-pg">;

/** The size of a managed instance, from which its memory parameters follow. */
export interface ManagedMachine {
    /** The service's own name of it. */
    readonly type: string;
    readonly vcpu: number;
    readonly memoryMiB: number;
}

/** What the layer has to know of a managed service before it creates anything. */
export interface ManagedService {
    readonly title: string;
    readonly cloud: Cloud;
    /** Machine type of each instance by tier: at least the operator's CPU and memory. */
    readonly machineTypes: Readonly<Record<Tier, string>>;
    /** What a valid machine type is, for messages. */
    readonly accepts: string;
    readonly machine: (type: string) => ManagedMachine | undefined;
    /** The least and the most days that can be restored to any second. */
    readonly retentionDays: readonly [number, number];
    /** The smallest disk, GiB. */
    readonly leastStorageGiB: number;
}

/**
 * A machine of Cloud SQL's Enterprise edition: 1 or an even number of up to 96 vCPU, 0.9 to 6.5 GB for each, a multiple of 256 MB
 * and at least 3.75 GB (https://docs.cloud.google.com/sql/docs/postgres/instance-settings).
 */
function cloudSqlMachine(type: string): ManagedMachine | undefined {
    const [, cpu, memory] = /^db-custom-([0-9]+)-([0-9]+)$/.exec(type) ?? [];
    const [vcpu, memoryMiB] = [Number(cpu), Number(memory)];
    const wholeCores = vcpu === 1 || (vcpu > 0 && vcpu % 2 === 0 && vcpu <= 96);
    const share = memoryMiB / 1024 / vcpu;
    const valid = wholeCores && memoryMiB % 256 === 0 && memoryMiB >= 3840 && share >= 0.9 && share <= 6.5;
    return valid ? { type, vcpu, memoryMiB } : undefined;
}

const gib = 1024;

/**
 * Instance classes with the sizes of https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html.
 * A list, not the pattern of a name: memory parameters are computed from the size.
 */
const rdsClasses: Readonly<Record<string, readonly [vcpu: number, memoryGiB: number]>> = {
    "db.t4g.medium": [2, 4],
    "db.t4g.large": [2, 8],
    "db.m7g.large": [2, 8],
    "db.m7g.xlarge": [4, 16],
    "db.m7g.2xlarge": [8, 32],
    "db.m7g.4xlarge": [16, 64],
    "db.m7g.8xlarge": [32, 128],
    "db.r7g.large": [2, 16],
    "db.r7g.xlarge": [4, 32],
    "db.r7g.2xlarge": [8, 64],
    "db.r7g.4xlarge": [16, 128],
    "db.r7g.8xlarge": [32, 256],
};

function rdsMachine(type: string): ManagedMachine | undefined {
    const size = Object.hasOwn(rdsClasses, type) ? rdsClasses[type] : undefined;
    return size === undefined ? undefined : { type, vcpu: size[0], memoryMiB: size[1] * gib };
}

/** The managed services. */
export const managedServices: Readonly<Record<ManagedKind, ManagedService>> = {
    "cloud-sql": {
        title: "Cloud SQL",
        cloud: "gcp",
        machineTypes: { dev: "db-custom-1-3840", staging: "db-custom-2-8192", prod: "db-custom-8-32768" },
        accepts:
            "db-custom-<vCPU>-<MiB> with 1 or an even number of vCPU, and 0.9 to 6.5 GiB for each in steps of 256 MiB, such as db-custom-8-32768",
        machine: cloudSqlMachine,
        // https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/pitr: 1 to 7 days in the Enterprise edition.
        retentionDays: [1, 7],
        leastStorageGiB: 10,
    },
    rds: {
        title: "RDS",
        cloud: "aws",
        machineTypes: { dev: "db.t4g.medium", staging: "db.m7g.large", prod: "db.m7g.2xlarge" },
        accepts: `one of ${Object.keys(rdsClasses).join(", ")}`,
        machine: rdsMachine,
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html; read
        // replicas need backups of their source, so not 0.
        retentionDays: [1, 35],
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html: gp3 for PostgreSQL from 20 GiB.
        leastStorageGiB: 20,
    },
};

/** The managed kind of each cloud. */
export const managedKindOf: Readonly<Record<Cloud, ManagedKind | undefined>> = {
    gcp: "cloud-sql",
    aws: "rds",
    existing: undefined,
};

/** The managed service of a kind; undefined for the operator. */
export function managedServiceOf(kind: DatabaseKind): ManagedService | undefined {
    return kind === "cloudnative-pg" ? undefined : managedServices[kind];
}

/** Minute and hour of a daily schedule of six fields; undefined for any other schedule. */
export function dailyStart(schedule: string): { readonly minute: number; readonly hour: number } | undefined {
    const [, minute, hour] = /^0 ([0-9]|[1-5][0-9]) ([0-9]|1[0-9]|2[0-3]) \* \* \*$/.exec(schedule) ?? [];
    return minute === undefined || hour === undefined ? undefined : { minute: Number(minute), hour: Number(hour) };
}
