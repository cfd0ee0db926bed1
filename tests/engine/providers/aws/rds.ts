import { createHash } from "node:crypto";

import type { ResourceType, RuleContext } from "../core/cloud";
import { bagsAt, given, numberAt, stringAt, stringsAt, type Bag } from "../core/value";
import { accountOf, arnErrors, region, regionOf, tagErrors, tagsAll } from "./common";

export const RDS_INSTANCE = "aws:rds/instance:Instance";
export const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";
export const SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup";
const SUBNET = "aws:ec2/subnet:Subnet";

/** At least two zones: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html. */
async function subnetGroupErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const subnets = await Promise.all(stringsAt(inputs, "subnetIds").map((id) => context.byId(SUBNET, id)));
    const zones = subnets.flatMap(
        (subnet) => stringAt(subnet, "availabilityZone") ?? stringAt(subnet, "availabilityZoneId") ?? [],
    );
    const few = !context.preview && subnets.every((subnet) => subnet !== undefined) && new Set(zones).size < 2;
    return [
        ...(few
            ? [
                  "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. " +
                      "Add subnets to cover at least 2 AZs.",
              ]
            : []),
        ...tagErrors(inputs),
    ];
}

/** Parameters that PostgreSQL reads at its start; RDS lists them with the apply type `static`. */
const STATIC = ["max_connections", "shared_buffers", "shared_preload_libraries", "wal_buffers"];

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html; the message is the API's. */
function parameterErrors(inputs: Bag): string[] {
    const bad = bagsAt(inputs, "parameters").filter(
        (one) => STATIC.includes(stringAt(one, "name") ?? "") && stringAt(one, "applyMethod") !== "pending-reboot",
    );
    return [
        ...bad.map(() => "InvalidParameterCombination: cannot use immediate apply method for static parameter"),
        ...tagErrors(inputs),
    ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, MasterUserPassword. */
function passwordErrors(inputs: Bag): string[] {
    const password = stringAt(inputs, "password");
    if (password !== undefined && inputs["manageMasterUserPassword"] === true) {
        return ['"password": conflicts with manage_master_user_password'];
    }
    const valid = password === undefined || /^[!#-.0-?A-~]{8,128}$/.test(password);
    return valid ? [] : ["InvalidParameterValue: The parameter MasterUserPassword is not a valid password."];
}

/**
 * gp3 for PostgreSQL has at least 20 GiB, and other than its own IOPS from 400 GiB on:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage.
 */
function storageErrors(inputs: Bag): string[] {
    const size = numberAt(inputs, "allocatedStorage");
    if (stringAt(inputs, "storageType") !== "gp3" || size === undefined) {
        return [];
    }
    const most = numberAt(inputs, "maxAllocatedStorage");
    return [
        ...(size < 20
            ? ["InvalidParameterValue: Invalid storage size for engine name postgres and storage type gp3"]
            : []),
        ...(size < 400 && (given(inputs, "iops") || given(inputs, "storageThroughput"))
            ? [
                  "InvalidParameterCombination: You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400.",
              ]
            : []),
        ...(most !== undefined && most <= size
            ? ["InvalidParameterCombination: Max storage size must be greater than storage size"]
            : []),
    ];
}

/** Zones have names here, unlike in EC2: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html. */
function zoneErrors(inputs: Bag): string[] {
    const zone = stringAt(inputs, "availabilityZone");
    if (zone !== undefined && inputs["multiAz"] === true) {
        return [
            "InvalidParameterCombination: Requesting a specific availability zone is not valid for Multi-AZ instances.",
        ];
    }
    return zone === undefined || /^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$/.test(zone)
        ? []
        : [`InvalidParameterValue: Invalid availability zone ${zone}`];
}

/**
 * A replica has its source's engine, user and password, and needs backups of it; not where Secrets Manager has the password.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 */
async function replicaErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const source = stringAt(inputs, "replicateSourceDb");
    if (source === undefined || context.preview) {
        return [];
    }
    const own = ["username", "password", "dbName"].filter((input) => given(inputs, input));
    const found = (await context.others(RDS_INSTANCE)).find((other) => stringAt(other, "identifier") === source);
    if (found === undefined) {
        return [`DBInstanceNotFound: DBInstance ${source} not found.`];
    }
    return [
        ...own.map((input) => `"${input}": conflicts with replicate_source_db`),
        ...((numberAt(found, "backupRetentionPeriod") ?? 0) > 0
            ? []
            : ["InvalidDBInstanceState: Automated backups are not enabled for this database instance."]),
        ...(found["manageMasterUserPassword"] === true
            ? [
                  "InvalidParameterCombination: You can't create a read replica of an instance that manages its password in Secrets Manager.",
              ]
            : []),
    ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html. */
function monitoringErrors(inputs: Bag): string[] {
    const interval = numberAt(inputs, "monitoringInterval") ?? 0;
    return [
        ...([0, 1, 5, 10, 15, 30, 60].includes(interval)
            ? []
            : [`expected monitoring_interval to be one of [0 1 5 10 15 30 60], got ${interval}`]),
        ...(interval > 0 && !given(inputs, "monitoringRoleArn")
            ? [
                  "InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
              ]
            : []),
    ];
}

/** The provider refuses at creation what would fail at the deletion. */
function snapshotErrors(inputs: Bag): string[] {
    const missing = inputs["skipFinalSnapshot"] !== true && !given(inputs, "finalSnapshotIdentifier");
    return missing ? ["final_snapshot_identifier is required when skip_final_snapshot is false"] : [];
}

async function instanceErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    return [
        ...passwordErrors(inputs),
        ...storageErrors(inputs),
        ...zoneErrors(inputs),
        ...monitoringErrors(inputs),
        ...snapshotErrors(inputs),
        ...arnErrors(inputs, "kmsKeyId", "monitoringRoleArn", "performanceInsightsKmsKeyId"),
        ...tagErrors(inputs),
        ...(await replicaErrors(inputs, context)),
    ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html. */
function deletionErrors(inputs: Bag): string[] {
    return inputs["deletionProtection"] === true
        ? [
              "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.",
          ]
        : [];
}

const arn =
    (kind: string, field: string) =>
    (inputs: Bag, _id: string, context: RuleContext): string =>
        `arn:aws:rds:${regionOf(inputs, context)}:${accountOf(context)}:${kind}:${stringAt(inputs, field) ?? ""}`;

const address = (inputs: Bag, _id: string, context: RuleContext): string =>
    `${stringAt(inputs, "identifier") ?? ""}.c1a2b3c4d5e6.${regionOf(inputs, context)}.rds.amazonaws.com`;

/** RDS. */
export const rds: Readonly<Record<string, ResourceType>> = {
    [SUBNET_GROUP]: {
        autoName: "name",
        required: ["subnetIds"],
        replaceOn: ["name"],
        refuse: subnetGroupErrors,
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: { arn: arn("subgrp", "name"), region, tagsAll },
    },
    [PARAMETER_GROUP]: {
        autoName: "name",
        required: ["family"],
        replaceOn: ["name", "family", "description"],
        refuse: parameterErrors,
        id: (inputs) => stringAt(inputs, "name") ?? "",
        computed: { arn: arn("pg", "name"), region, tagsAll },
    },
    [RDS_INSTANCE]: {
        autoName: "identifier",
        required: ["instanceClass"],
        replaceOn: [
            ...[
                "engine",
                "username",
                "dbName",
                "storageEncrypted",
                "kmsKeyId",
                "availabilityZone",
                "replicateSourceDb",
            ],
        ],
        refuse: instanceErrors,
        refuseDelete: deletionErrors,
        // The provider's id is RDS' resource id, which a new identifier does not change.
        id: (_inputs, context) =>
            `db-${createHash("sha256").update(context.urn).digest("hex").slice(0, 26).toUpperCase()}`,
        computed: {
            arn: arn("db", "identifier"),
            address,
            endpoint: (inputs, id, context) => `${address(inputs, id, context)}:${numberAt(inputs, "port") ?? 5432}`,
            resourceId: (_inputs, id) => id,
            engineVersionActual: () => "18.1",
            status: () => "available",
            region,
            tagsAll,
        },
        secretOutputs: ["password"],
    },
};
