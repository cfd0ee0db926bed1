import { createHash } from "node:crypto";

import type { ResourceType, RuleContext } from "../core/cloud";
import { bagAt, bagsAt, given, numberAt, stringAt, type Bag } from "../core/value";
import { labelErrors, projectOf, shortName } from "./names";

export const SQL_INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

/** https://docs.cloud.google.com/sql/docs/postgres/instance-settings, "Machine type", of the Enterprise edition. */
function machineErrors(settings: Bag): string[] {
    const tier = stringAt(settings, "tier");
    const edition = stringAt(settings, "edition");
    const custom = /^db-(custom-[0-9]+-[0-9]+|f1-micro|g1-small)$/;
    if (tier === undefined || edition !== "ENTERPRISE" || custom.test(tier)) {
        return [];
    }
    // https://github.com/hashicorp/terraform-provider-google/issues/19681
    return [`Error 400: Invalid request: Invalid Tier (${tier}) for (ENTERPRISE) Edition., invalid`];
}

/**
 * https://docs.cloud.google.com/sql/docs/postgres/high-availability and the provider's check in
 * https://github.com/hashicorp/terraform-provider-google/blob/main/google/services/sql/resource_sql_database_instance.go;
 * 1 to 7 days of log: https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/pitr.
 */
function backupErrors(settings: Bag): string[] {
    const backup = bagAt(settings, "backupConfiguration");
    const recoverable = backup?.["enabled"] === true && backup["pointInTimeRecoveryEnabled"] === true;
    const days = numberAt(settings, "backupConfiguration.transactionLogRetentionDays");
    const most = stringAt(settings, "edition") === "ENTERPRISE_PLUS" ? 35 : 7;
    return [
        ...(stringAt(settings, "availabilityType") === "REGIONAL" && !recoverable
            ? [
                  "For PostgreSQL instances with `availability_type` set to `REGIONAL`, `settings.backup_configuration.enabled` " +
                      "and `settings.backup_configuration.point_in_time_recovery_enabled` must both be set to `true`.",
              ]
            : []),
        ...(days !== undefined && (days < 1 || days > most)
            ? [`Error 400: Invalid request: Transaction log retention days must be between 1 and ${most}., invalid`]
            : []),
    ];
}

/**
 * A private address needs private services access in the network, which a preview creates itself:
 * https://docs.cloud.google.com/sql/docs/postgres/configure-private-ip. The messages are Google's.
 */
async function addressErrors(settings: Bag, context: RuleContext): Promise<string[]> {
    const ip = bagAt(settings, "ipConfiguration");
    if (ip?.["ipv4Enabled"] === false && !given(ip, "privateNetwork")) {
        return [
            "Error 400: Invalid request: At least one of Public IP or Private IP or PSC connectivity must be enabled., invalid",
        ];
    }
    const network = stringAt(ip, "privateNetwork");
    if (network === undefined || context.preview) {
        return [];
    }
    const connections = await context.others("gcp:servicenetworking/connection:Connection");
    const connected = connections.some((other) => shortName(stringAt(other, "network") ?? "") === shortName(network));
    return connected
        ? []
        : [
              "Error 400: Invalid request: Incorrect Service Networking config for instance: SERVICE_NETWORKING_NOT_ENABLED., invalid",
          ];
}

/** Cloud SQL's agent must be allowed to use the key: https://docs.cloud.google.com/sql/docs/postgres/configure-cmek. */
async function keyErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const key = stringAt(inputs, "encryptionKeyName");
    if (key === undefined || context.preview) {
        return [];
    }
    const grants = await context.others("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember");
    const granted = grants.some(
        (grant) =>
            stringAt(grant, "cryptoKeyId") === key &&
            /@gcp-sa-cloud-sql\.iam\.gserviceaccount\.com$/.test(stringAt(grant, "member") ?? ""),
    );
    return granted
        ? []
        : [
              `Error 400: The Cloud SQL service account does not have permission to use the key ${shortName(key)}., invalid`,
          ];
}

const flag = (inputs: Bag, name: string): string | undefined =>
    bagsAt(inputs, "settings.databaseFlags")
        .filter((entry) => stringAt(entry, "name") === name)
        .map((entry) => stringAt(entry, "value"))[0];

/**
 * A replica has its primary's version, and no fewer connections: https://docs.cloud.google.com/sql/docs/postgres/flags,
 * `max_connections`. The messages are not documented.
 */
async function replicaErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const primaryName = stringAt(inputs, "masterInstanceName");
    const primary = (await context.others(SQL_INSTANCE)).find((other) => stringAt(other, "name") === primaryName);
    if (primaryName === undefined || context.preview) {
        return [];
    }
    if (primary === undefined) {
        return [`Error 404: The Cloud SQL instance ${primaryName} does not exist., instanceDoesNotExist`];
    }
    const [own, theirs] = [flag(inputs, "max_connections"), flag(primary, "max_connections")];
    return Number(own ?? 0) < Number(theirs ?? 0)
        ? ["Error 400: Invalid flag value: max_connections of a replica must not be less than its primary's., invalid"]
        : [];
}

async function instanceErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const settings = bagAt(inputs, "settings") ?? {};
    return [
        ...machineErrors(settings),
        ...backupErrors(settings),
        ...labelErrors(bagAt(settings, "userLabels"), "settings.userLabels"),
        ...(await addressErrors(settings, context)),
        ...(await keyErrors(inputs, context)),
        ...(await replicaErrors(inputs, context)),
    ];
}

/** https://docs.cloud.google.com/sql/docs/postgres/delete-instance: protection, and replicas first. */
async function deletionErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    if (inputs["deletionProtection"] === true) {
        // The provider's own flag, from before it asks the API.
        return [
            "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed",
        ];
    }
    if (bagAt(inputs, "settings")?.["deletionProtectionEnabled"] === true) {
        return ["Error 400: The instance is protected. Please disable the deletion protection and try again., invalid"];
    }
    const name = stringAt(inputs, "name");
    const replicas = (await context.others(SQL_INSTANCE)).filter(
        (other) => stringAt(other, "masterInstanceName") === name,
    );
    return replicas.length > 0 ? ["Error 400: The instance has replicas; delete them first., invalidOperation"] : [];
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** An address of the range of the managed services. */
function privateAddress(_inputs: Bag, id: string): string {
    const [third = 0, fourth = 0] = digest(id);
    return `10.49.${third % 16}.${(fourth % 253) + 2}`;
}

/** Cloud SQL. */
export const sql: Readonly<Record<string, ResourceType>> = {
    [SQL_INSTANCE]: {
        autoName: "name",
        required: ["databaseVersion", "settings.tier"],
        // A smaller disk too, which no journey asks for. The provider's ForceNew fields.
        replaceOn: ["name", "region", "project", "encryptionKeyName", "masterInstanceName"],
        refuse: instanceErrors,
        refuseDelete: deletionErrors,
        id: (inputs, context) => `projects/${projectOf(inputs, context)}/instances/${stringAt(inputs, "name") ?? ""}`,
        computed: {
            connectionName: (inputs, _id, context) =>
                `${projectOf(inputs, context)}:${stringAt(inputs, "region") ?? ""}:${stringAt(inputs, "name") ?? ""}`,
            privateIpAddress: privateAddress,
            firstIpAddress: privateAddress,
            serverCaCerts: (_inputs, id) => [
                {
                    cert: `-----BEGIN CERTIFICATE-----\n${digest(id).toString("base64")}\n-----END CERTIFICATE-----\n`,
                    commonName: "C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA",
                },
            ],
            selfLink: (_inputs, id) => `https://sqladmin.googleapis.com/sql/v1beta4/${id}`,
            project: (inputs, _id, context) => projectOf(inputs, context),
        },
        secretOutputs: ["rootPassword"],
    },
};
