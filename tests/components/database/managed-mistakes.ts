import type { GoodExample, Mistake } from "../../config/stack-file";

const prefix = "ecommerce-platform:database";
const cloudSql = { "database.kind": "cloud-sql" };
const rds = { "database.kind": "rds" };
const machines =
    "db.t4g.medium, db.t4g.large, db.m7g.large, db.m7g.xlarge, db.m7g.2xlarge, db.m7g.4xlarge, db.m7g.8xlarge, " +
    "db.r7g.large, db.r7g.xlarge, db.r7g.2xlarge, db.r7g.4xlarge, db.r7g.8xlarge";
const custom =
    "db-custom-<vCPU>-<MiB> with 1 or an even number of vCPU, and 0.9 to 6.5 GiB for each in steps of 256 MiB, such as db-custom-8-32768";

/** A machine type that Cloud SQL does not have. */
function cloudSqlMachine(what: string, type: string): Mistake {
    return {
        what,
        base: "prod/gcp",
        set: { ...cloudSql, "database.machineType": type },
        line: `${prefix}.machineType: "${type}" is no machine type of Cloud SQL; give ${custom}`,
    };
}

/** Settings of a managed database that cannot work. */
export const managedMistakes: readonly Mistake[] = [
    {
        what: "an unknown kind of database",
        base: "prod/gcp",
        set: { "database.kind": "aurora" },
        line: `${prefix}.kind: "aurora" is not valid; give one of cloudnative-pg, cloud-sql, rds`,
    },
    {
        what: "Cloud SQL on AWS",
        base: "prod/aws",
        set: cloudSql,
        line: `${prefix}.kind: "cloud-sql" runs on gcp only, and the stack is on aws; give cloudnative-pg or rds`,
    },
    {
        what: "RDS on Google Cloud",
        base: "prod/gcp",
        set: rds,
        line: `${prefix}.kind: "rds" runs on aws only, and the stack is on gcp; give cloudnative-pg or cloud-sql`,
    },
    {
        what: "RDS for an existing cluster",
        base: "dev/existing",
        set: rds,
        line: `${prefix}.kind: "rds" runs on aws only, and the stack is on existing; give cloudnative-pg`,
    },
    {
        what: "a managed database in a replica of the stack",
        base: "prod/aws",
        set: { ...rds, "recovery.role": "replica", "recovery.replicaOf": "prod", "aws.region": "us-west-2" },
        line: `${prefix}.kind: "rds" cannot follow the primary's stack from another region; give cloudnative-pg in both stacks`,
    },
    {
        what: "CPU of an instance that the cloud sizes",
        base: "prod/gcp",
        set: { ...cloudSql, "database.cpu": "2" },
        line: `${prefix}.cpu: "2" has no effect with cloud-sql; give database.machineType instead, or remove it`,
    },
    {
        what: "a volume of log that the cloud keeps",
        base: "prod/aws",
        set: { ...rds, "database.walGiB": 20 },
        line: `${prefix}.walGiB: 20 has no effect with rds; remove it`,
    },
    {
        what: "volume snapshots of a managed database",
        base: "prod/aws",
        set: { ...rds, "database.backup.snapshotSchedule": "0 0 */6 * * *" },
        line: `${prefix}.backup.snapshotSchedule: "0 0 */6 * * *" has no effect with rds; remove it`,
    },
    {
        what: "a machine type for the operator's instances",
        base: "prod/gcp",
        set: { "database.machineType": "db-custom-8-32768" },
        line: `${prefix}.machineType: "db-custom-8-32768" has no effect with cloudnative-pg; give database.cpu and database.memory instead`,
    },
    cloudSqlMachine("three vCPU of Cloud SQL", "db-custom-3-12288"),
    cloudSqlMachine("98 vCPU of Cloud SQL", "db-custom-98-131072"),
    cloudSqlMachine("memory of Cloud SQL that is no multiple of 256 MiB", "db-custom-8-32700"),
    cloudSqlMachine("less memory than Cloud SQL's least", "db-custom-1-3584"),
    cloudSqlMachine("more memory than Cloud SQL allows for a vCPU", "db-custom-2-13568"),
    cloudSqlMachine("less memory than Cloud SQL needs for a vCPU", "db-custom-8-7168"),
    {
        what: "a machine type that RDS does not have",
        base: "prod/aws",
        set: { ...rds, "database.machineType": "db.m7g.3xlarge" },
        line: `${prefix}.machineType: "db.m7g.3xlarge" is no machine type of RDS; give one of ${machines}`,
    },
    {
        what: "a machine type that is none",
        base: "prod/aws",
        set: { ...rds, "database.machineType": "m7g.large" },
        line: `${prefix}.machineType: "m7g.large" is not valid; give a machine type such as db-custom-8-32768 or db.m7g.2xlarge`,
    },
    {
        what: "weekly backups of a managed database",
        base: "prod/gcp",
        set: { ...cloudSql, "database.backup.schedule": "0 0 2 * * 1" },
        line: `${prefix}.backup.schedule: "0 0 2 * * 1" is not once a day, as Cloud SQL makes backups; give 0 <minute> <hour> * * *, such as 0 0 2 * * *`,
    },
    {
        what: "more days of log than Cloud SQL keeps",
        base: "prod/gcp",
        set: { ...cloudSql, "database.backup.retentionDays": 8 },
        line: `${prefix}.backup.retentionDays: 8 is not within Cloud SQL's 1 to 7 days; give 7 or less`,
    },
    {
        what: "more days of log than RDS keeps",
        base: "prod/aws",
        set: { ...rds, "database.backup.retentionDays": 36 },
        line: `${prefix}.backup.retentionDays: 36 is not within RDS's 1 to 35 days; give 35 or less`,
    },
    {
        what: "a disk that is smaller than RDS' smallest",
        base: "prod/aws",
        set: { ...rds, "database.storageGiB": 19 },
        line: `${prefix}.storageGiB: 19 is less than RDS's smallest disk; give 20 or more`,
    },
    {
        what: "RDS in a region without a known authority",
        base: "dev/aws",
        set: { ...rds, "aws.region": "mx-central-1", "aws.zones": ["mxc1-az1", "mxc1-az2", "mxc1-az3"] },
        line: `ecommerce-platform:aws.region: "mx-central-1" has no certificate authority in components/database/config-authorities.json; add it from AWS' bundle of the region`,
    },
];

/** Valid boundary values of the managed kinds. */
export const managedGood: readonly GoodExample[] = [
    { what: "Cloud SQL", base: "prod/gcp", set: cloudSql },
    { what: "Cloud SQL in dev", base: "dev/gcp", set: cloudSql },
    { what: "RDS", base: "prod/aws", set: rds },
    { what: "RDS in staging", base: "staging/aws", set: rds },
    {
        what: "the most memory for each vCPU of Cloud SQL",
        base: "prod/gcp",
        set: { ...cloudSql, "database.machineType": "db-custom-2-13312" },
    },
    {
        what: "the least memory for each vCPU of Cloud SQL",
        base: "prod/gcp",
        set: { ...cloudSql, "database.machineType": "db-custom-8-7424" },
    },
    { what: "the most days of RDS", base: "prod/aws", set: { ...rds, "database.backup.retentionDays": 35 } },
    { what: "the least disk of RDS", base: "prod/aws", set: { ...rds, "database.storageGiB": 20 } },
    { what: "five managed instances on any nodes", base: "prod/aws", set: { ...rds, "database.instances": 5 } },
    {
        what: "backups late in the day",
        base: "prod/gcp",
        set: { ...cloudSql, "database.backup.schedule": "0 59 23 * * *" },
    },
];
