import { checked, flag, group, oneOf, text, whole } from "../../config/fields";
import { databaseKinds } from "./config-kind";

/** Whether a cron expression has CloudNativePG's six fields, seconds first (BK-01). */
export function isSixFieldCron(value: string): boolean {
    const fields = value.split(" ");
    return fields.length === 6 && fields.every((field) => /^(\*|[0-9]+(-[0-9]+)?)(\/[0-9]+)?(,[0-9]+)*$/.test(field));
}

const sixFields = "six fields, seconds first, such as 0 0 2 * * *";

/** The keys of the database. */
export const databaseShape = {
    database: group("PostgreSQL (DB-01 to DB-20)", {
        kind: oneOf(
            "What runs PostgreSQL: the operator CloudNativePG in the cluster, Cloud SQL (gcp only) or RDS (aws only); chosen before the first deployment (DB-18)",
            databaseKinds,
        ).optional(),
        machineType: text(
            "Machine type of each managed instance, such as db-custom-8-32768 of Cloud SQL or db.m7g.2xlarge of RDS (DB-18)",
            /^db[-.][a-z0-9.-]+$/,
            "a machine type such as db-custom-8-32768 or db.m7g.2xlarge",
        ).optional(),
        instances: whole("The primary and its replicas together (DB-01)", 1, 9).optional(),
        zones: whole(
            "Zones that the instances must be spread over where the spread is required (DB-01)",
            1,
            4,
        ).optional(),
        cpu: text(
            "CPU of each instance, in cores or millicores",
            /^(?![0.]+m?$)([0-9]+m|[0-9]+(\.[0-9]+)?)$/,
            'a quantity above 0 in quotes, such as "500m" or "2"',
        ).optional(),
        memory: text(
            "Memory of each instance; PostgreSQL's memory parameters are computed from it",
            /^(?!0+[MG])[0-9]+(Mi|Gi)$/,
            'a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
        ).optional(),
        storageGiB: whole("Size of each instance's volume; it can only grow", 1, 65536).optional(),
        walGiB: whole("Size of each instance's volume of write-ahead log; it can only grow", 1, 16384).optional(),
        maxConnections: whole(
            "Connections that each instance accepts, PostgreSQL's max_connections (DB-08)",
            20,
            5000,
        ).optional(),
        poolers: group("PgBouncer in front of the primary, and of the replicas (DB-09)", {
            instances: whole("Pods of each of the two poolers", 1, 20).optional(),
            serverConnections: whole(
                "Connections of each pod to PostgreSQL at most, as the mean of both poolers",
                1,
                1000,
            ).optional(),
            readShare: whole(
                "Percentage of the load that reads from replicas; that of the connections is the replicas' pooler's (DB-10)",
                10,
                90,
            ).optional(),
        }).optional(),
        pgpool: group("Pgpool-II, which sends reads to replicas and the rest to the primary (DB-07, X16)", {
            enabled: flag("Whether it runs, as the store postgres-split").optional(),
            instances: whole("Pods", 1, 20).optional(),
            children: whole("Client sessions of each pod (DB-08)", 1, 1000).optional(),
            pools: whole("Connections that each session's process keeps (DB-08)", 1, 32).optional(),
            queryCacheSeconds: whole(
                "Seconds that a pod keeps the result of a SELECT; until then it may miss what was written through another pod. 0 keeps none (DB-07)",
                0,
                3600,
            ).optional(),
        }).optional(),
        backup: group("Backups to the stack's bucket; an existing cluster has none (BK-01 to BK-03)", {
            schedule: checked("Start of full backups, UTC (BK-01)", isSixFieldCron, sixFields).optional(),
            snapshotSchedule: checked(
                "Start of volume snapshots, UTC; without snapshot classes there are none (BK-02, ST-04)",
                isSixFieldCron,
                sixFields,
            ).optional(),
            retentionDays: whole("Days that can be restored to any second (BK-03)", 1, 365).optional(),
            monthlyCopies: whole(
                "Months of which the first full backup is kept, to restore the state of that moment (X19)",
                4,
                120,
            ).optional(),
        }).optional(),
        users: oneOf(
            "Whether the table of users is one table, or has a partition for each month of registration (DB-13); chosen before the first deployment",
            ["plain", "partitioned"],
        ).optional(),
        passwordGeneration: whole("Increased to generate new passwords of all roles (SC-05)", 1, 1000).optional(),
    }).optional(),
};
