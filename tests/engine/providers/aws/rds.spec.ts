import { createHash } from "node:crypto";
import { itRefuses, targetOf } from "../core/testing";
import type { Bag } from "../core/value";
import { aws } from "./cloud";
import { SETTINGS, SUBNET, VPC_ID, vpc } from "./fixtures";
import { PARAMETER_GROUP, RDS_INSTANCE, SUBNET_GROUP } from "./rds";
import { BACKUP_COPY } from "./rds-copies";

const instance = (own: Bag = {}): Bag => ({
    identifier: "shop",
    engine: "postgres",
    instanceClass: "db.m7g.large",
    allocatedStorage: 20,
    storageType: "gp3",
    skipFinalSnapshot: true,
    ...own,
});
const subnet = (name: string, cidrBlock: string) => ({
    type: SUBNET,
    name,
    inputs: { vpcId: VPC_ID, availabilityZone: "us-east-1a", cidrBlock },
});
/** Id that the stand-in derives from the URN of a subnet. */
const subnetId = (name: string): string =>
    `subnet-${createHash("sha256").update(targetOf(SUBNET, name).urn).digest("hex").slice(0, 17)}`;
const source = (own: Bag) => ({
    type: RDS_INSTANCE,
    name: "primary",
    inputs: instance({ identifier: "primary", ...own }),
});
const replica: Bag = { instanceClass: "db.m7g.large", replicateSourceDb: "primary", skipFinalSnapshot: true };

const copy = (own: Bag = {}): Bag => ({
    sourceDbInstanceArn: "arn:aws:rds:us-west-2:111111111111:db:primary",
    kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/1",
    retentionPeriod: 7,
    ...own,
});

describe("engine stand-ins: aws refusals of RDS", () => {
    itRefuses(aws, SETTINGS, [
        {
            what: "refuses an immediate change of a parameter that PostgreSQL reads at its start",
            type: PARAMETER_GROUP,
            inputs: {
                family: "postgres18",
                parameters: [{ name: "max_connections", value: "700", applyMethod: "immediate" }],
            },
            message: "InvalidParameterCombination: cannot use immediate apply method for static parameter",
        },
        {
            what: "refuses subnets of one zone",
            type: SUBNET_GROUP,
            inputs: { subnetIds: [subnetId("one"), subnetId("two")] },
            before: [vpc, subnet("one", "10.0.0.0/24"), subnet("two", "10.0.1.0/24")],
            message:
                "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. " +
                "Add subnets to cover at least 2 AZs.",
        },
        {
            what: "refuses a password beside one of Secrets Manager",
            type: RDS_INSTANCE,
            inputs: instance({ password: "long-enough", manageMasterUserPassword: true }),
            message: '"password": conflicts with manage_master_user_password',
        },
        {
            what: "refuses a password with a slash",
            type: RDS_INSTANCE,
            inputs: instance({ password: "with/slash" }),
            message: "InvalidParameterValue: The parameter MasterUserPassword is not a valid password.",
        },
        {
            what: "refuses a disk of gp3 below 20 GiB",
            type: RDS_INSTANCE,
            inputs: instance({ allocatedStorage: 19 }),
            message: "InvalidParameterValue: Invalid storage size for engine name postgres and storage type gp3",
        },
        {
            what: "refuses IOPS of a small disk of gp3",
            type: RDS_INSTANCE,
            inputs: instance({ allocatedStorage: 200, iops: 6000 }),
            message:
                "InvalidParameterCombination: You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400.",
        },
        {
            what: "refuses a limit of growth that is no growth",
            type: RDS_INSTANCE,
            inputs: instance({ maxAllocatedStorage: 20 }),
            message: "InvalidParameterCombination: Max storage size must be greater than storage size",
        },
        {
            what: "refuses the id of a zone",
            type: RDS_INSTANCE,
            inputs: instance({ availabilityZone: "use1-az1" }),
            message: "InvalidParameterValue: Invalid availability zone use1-az1",
        },
        {
            what: "refuses a zone for an instance with a standby",
            type: RDS_INSTANCE,
            inputs: instance({ availabilityZone: "eu-west-1a", multiAz: true }),
            message:
                "InvalidParameterCombination: Requesting a specific availability zone is not valid for Multi-AZ instances.",
        },
        {
            what: "refuses Enhanced Monitoring without a role",
            type: RDS_INSTANCE,
            inputs: instance({ monitoringInterval: 60 }),
            message:
                "InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
        },
        {
            what: "refuses an interval that Enhanced Monitoring has not",
            type: RDS_INSTANCE,
            inputs: instance({
                monitoringInterval: 20,
                monitoringRoleArn: "arn:aws:iam::123456789012:role/monitoring",
            }),
            message: "expected monitoring_interval to be one of [0 1 5 10 15 30 60], got 20",
        },
        {
            what: "refuses an instance that could not be deleted",
            type: RDS_INSTANCE,
            inputs: instance({ skipFinalSnapshot: false }),
            message: "final_snapshot_identifier is required when skip_final_snapshot is false",
        },
        {
            what: "refuses a replica of nothing",
            type: RDS_INSTANCE,
            inputs: replica,
            message: "DBInstanceNotFound: DBInstance primary not found.",
        },
        {
            what: "refuses a replica of an instance without backups",
            type: RDS_INSTANCE,
            inputs: replica,
            before: [source({})],
            message: "InvalidDBInstanceState: Automated backups are not enabled for this database instance.",
        },
        {
            what: "refuses a replica of an instance whose password Secrets Manager has",
            type: RDS_INSTANCE,
            inputs: replica,
            before: [source({ backupRetentionPeriod: 7, manageMasterUserPassword: true })],
            message:
                "InvalidParameterCombination: You can't create a read replica of an instance that manages its password in Secrets Manager.",
        },
        {
            what: "refuses a replica with a user of its own",
            type: RDS_INSTANCE,
            inputs: { ...replica, username: "postgres" },
            before: [source({ backupRetentionPeriod: 7 })],
            message: '"username": conflicts with replicate_source_db',
        },
        {
            what: "refuses copies of the backups of nothing",
            type: BACKUP_COPY,
            inputs: copy(),
            message: "DBInstanceNotFound: DBInstance primary not found.",
        },
        {
            what: "refuses copies of the backups of an instance without them",
            type: BACKUP_COPY,
            inputs: copy(),
            before: [source({})],
            message: "InvalidDBInstanceState: Automated backups are not enabled for this database instance.",
        },
        {
            what: "refuses copies in the region of the instance",
            type: BACKUP_COPY,
            inputs: copy({ sourceDbInstanceArn: "arn:aws:rds:us-east-1:111111111111:db:primary" }),
            before: [source({ backupRetentionPeriod: 7 })],
            message: "InvalidParameterValue: The source and the destination Region are the same.",
        },
        {
            what: "refuses copies with a key of the instance's region",
            type: BACKUP_COPY,
            inputs: copy({ kmsKeyId: "arn:aws:kms:us-west-2:111111111111:key/1" }),
            before: [source({ backupRetentionPeriod: 7 })],
            message: "KMSKeyNotAccessibleFault: The key is in us-west-2, and the copies are in us-east-1.",
        },
    ]);
});
