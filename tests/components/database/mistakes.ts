import type { GoodExample, Mistake } from "../../config/stack-file";
import { managedGood, managedMistakes } from "./managed-mistakes";

const prefix = "ecommerce-platform:database";
const sixFields = "six fields, seconds first, such as 0 0 2 * * *";

/** Sizes of the database that cannot work. */
export const databaseMistakes: readonly Mistake[] = [
    ...managedMistakes,
    {
        what: "fewer connections than Pgpool-II and PgBouncer open",
        base: "prod/gcp",
        set: { "database.maxConnections": 679 },
        line: `${prefix}.maxConnections: 679 is less than 50 children x 4 pools x 2 pods of Pgpool-II + 2 poolers x 3 pods x 40 server connections + 40 reserved = 680; give 680 or more, or fewer pods, children, pools or server connections`,
    },
    {
        what: "more pods of Pgpool-II than there are connections for",
        base: "prod/aws",
        set: { "database.pgpool.instances": 10 },
        line: `${prefix}.maxConnections: 700 is less than 50 children x 4 pools x 10 pods of Pgpool-II + 2 poolers x 3 pods x 40 server connections + 40 reserved = 2280; give 2280 or more, or fewer pods, children, pools or server connections`,
    },
    {
        what: "fewer connections than PgBouncer opens, without Pgpool-II",
        base: "dev/existing",
        set: { "database.maxConnections": 79 },
        line: `${prefix}.maxConnections: 79 is less than 2 poolers x 1 pods x 20 server connections + 40 reserved = 80; give 80 or more, or fewer pods, children, pools or server connections`,
    },
    {
        what: "three instances over four zones",
        base: "staging/existing",
        set: { "database.zones": 4 },
        line: `${prefix}.zones: 4 cannot be spread over by 3 instances (database.instances); give 3 or less, or 4 instances`,
    },
    {
        what: "more zones than the stack has",
        base: "prod/gcp",
        set: { "database.zones": 4 },
        line: `${prefix}.zones: 4 is more than the stack's 3 zones; give 3 or less`,
    },
    {
        what: "a pool too small for the instances",
        base: "prod/gcp",
        set: { "database.instances": 5 },
        line: `${prefix}.instances: 5 is more than the 4 nodes of nodePools.database, and a required spread gives each instance its own; give 4 or less, or raise nodePools.database.max to 5`,
    },
    {
        what: "an instance with more memory than its node has left",
        base: "prod/gcp",
        set: { "database.memory": "26Gi" },
        line: `${prefix}.memory: "26Gi" does not fit on a node of nodePools.database (c2-standard-8, 8 vCPU and 32 GiB); give 25Gi or less, or a larger machine`,
    },
    {
        what: "an instance with more CPU than its node has left",
        base: "prod/aws",
        set: { "database.cpu": "7" },
        line: `${prefix}.cpu: "7" does not fit on a node of nodePools.database (m7i.2xlarge, 8 vCPU and 32 GiB); give 6.4 cores or less, or a larger machine`,
    },
    {
        what: "Pgpool-II without a replica",
        base: "dev/gcp",
        set: { "database.pgpool.enabled": true, "database.maxConnections": 500 },
        line: `${prefix}.pgpool.enabled: true sends reads to replicas, and there is none; give false, or 2 or more for database.instances`,
    },
    {
        what: "full backups by a cron of five fields",
        base: "prod/gcp",
        set: { "database.backup.schedule": "0 2 * * *" },
        line: `${prefix}.backup.schedule: "0 2 * * *" is not valid; give ${sixFields}`,
    },
    {
        what: "snapshots by a cron of five fields",
        base: "prod/gcp",
        set: { "database.backup.snapshotSchedule": "0 */6 * * *" },
        line: `${prefix}.backup.snapshotSchedule: "0 */6 * * *" is not valid; give ${sixFields}`,
    },
    {
        what: "a cron with letters",
        base: "prod/gcp",
        set: { "database.backup.schedule": "0 0 2 * * sunday" },
        line: `${prefix}.backup.schedule: "0 0 2 * * sunday" is not valid; give ${sixFields}`,
    },
    {
        what: "memory without a unit",
        base: "dev/gcp",
        set: { "database.memory": "1024" },
        line: `${prefix}.memory: "1024" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"`,
    },
    {
        what: "no CPU",
        base: "dev/gcp",
        set: { "database.cpu": "0" },
        line: `${prefix}.cpu: "0" is not valid; give a quantity above 0 in quotes, such as "500m" or "2"`,
    },
    {
        what: "no instance",
        base: "dev/gcp",
        set: { "database.instances": 0 },
        line: `${prefix}.instances: 0 is not valid; give a whole number from 1 to 9`,
    },
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const databaseGood: readonly GoodExample[] = [
    ...managedGood,
    { what: "as many connections as are opened", base: "prod/gcp", set: { "database.maxConnections": 680 } },
    { what: "as many connections without Pgpool-II", base: "dev/existing", set: { "database.maxConnections": 80 } },
    {
        what: "ten pods of Pgpool-II, and the connections for them",
        base: "prod/aws",
        set: { "database.pgpool.instances": 10, "database.maxConnections": 2280 },
    },
    {
        what: "four instances over four zones of an existing cluster",
        base: "staging/existing",
        set: { "database.instances": 4, "database.zones": 4, "nodePools.database.max": 4 },
    },
    { what: "fewer zones", base: "prod/gcp", set: { "database.zones": 2 } },
    {
        what: "five instances on five nodes",
        base: "prod/gcp",
        set: { "database.instances": 5, "nodePools.database.max": 5 },
    },
    {
        what: "more instances than nodes where they may share one",
        base: "dev/gcp",
        set: { "database.instances": 4 },
    },
    { what: "the most memory of a node", base: "prod/gcp", set: { "database.memory": "25Gi" } },
    { what: "the most CPU of a node", base: "prod/aws", set: { "database.cpu": "6.4" } },
    {
        what: "Pgpool-II with one replica",
        base: "dev/gcp",
        set: { "database.pgpool.enabled": true, "database.maxConnections": 500, "database.instances": 2 },
    },
    {
        what: "backups every second hour of working days",
        base: "prod/gcp",
        set: { "database.backup.schedule": "0 30 */2 * * 1-5" },
    },
];
