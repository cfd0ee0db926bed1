import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { weeklyStart } from "../../../config/formats";
import { dailyStart } from "../config-kind";
import { managedParameters, type Parameters } from "../managed/parameters";
import { type ManagedSettings, storageGrowth } from "../managed/types";

type Settings = gcp.types.input.sql.DatabaseInstanceSettings;

/** What the settings of every instance follow from. */
export interface InstanceSettings {
    readonly database: ManagedSettings;
    /** Id of the VPC; resolves when it has private services access. */
    readonly vpc: pulumi.Input<string>;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionProtection: boolean;
    readonly zones: readonly string[];
}

/** Flags of Cloud SQL. Read: https://docs.cloud.google.com/sql/docs/postgres/flags. */
export function databaseFlags(database: ManagedSettings): { name: string; value: string }[] {
    const own: Parameters = {
        ...managedParameters(database),
        // People and tools of the project can log in with their own identity, and without a password that is shared.
        "cloudsql.iam_authentication": true,
    };
    return Object.entries(own).map(([name, value]) => ({
        name,
        value: typeof value === "boolean" ? (value ? "on" : "off") : String(value),
    }));
}

/** The settings of an instance; a replica is in the zone of its index. */
export function instanceSettings(args: InstanceSettings, index: number): Settings {
    const { database, vpc, labels, deletionProtection, zones } = args;
    const zone = zones[index % Math.max(zones.length, 1)];
    return {
        // Custom machines, and recovery of up to 7 days; PostgreSQL 16 and later have Enterprise Plus as their default.
        edition: "ENTERPRISE",
        tier: database.machine.type,
        availabilityType: "ZONAL",
        deletionProtectionEnabled: deletionProtection,
        diskType: "PD_SSD",
        diskSize: database.storageGiB,
        // A full disk stops PostgreSQL; it grows before, up to the limit.
        diskAutoresize: true,
        diskAutoresizeLimit: database.storageGiB * storageGrowth,
        ...(zone === undefined ? {} : { locationPreference: { zone } }),
        ipConfiguration: {
            // No public address: pods reach the private one through private services access (D4, D11).
            ipv4Enabled: false,
            privateNetwork: vpc,
            // Passwords and data are never sent in plain text.
            sslMode: "ENCRYPTED_ONLY",
            serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
        },
        databaseFlags: databaseFlags(database),
        // Slow queries by statement, without the addresses of clients (DB-11).
        insightsConfig: {
            queryInsightsEnabled: true,
            queryStringLength: 1024,
            recordApplicationTags: true,
            recordClientAddress: false,
        },
        userLabels: { ...labels },
    };
}

/** Two digits of a time. */
function digits(value: number): string {
    return String(value).padStart(2, "0");
}

/** The settings of the primary: also its standby, backups and maintenance. */
export function primarySettings(
    args: InstanceSettings,
    more: { readonly region: string; readonly maintenance: string; readonly finalBackup: boolean },
): Settings {
    const { database, zones } = args;
    const { retentionDays, schedule } = database.backup;
    const daily = dailyStart(schedule);
    const weekly = weeklyStart(more.maintenance);
    const [zone, secondaryZone] = zones;
    const replicated = database.instances > 1;
    return {
        ...instanceSettings(args, 0),
        // With a standby in the second zone, which Google promotes at the same address (DB-04, DB-06).
        availabilityType: replicated ? "REGIONAL" : "ZONAL",
        ...(zone === undefined
            ? {}
            : {
                  locationPreference: {
                      zone,
                      ...(replicated && secondaryZone !== undefined ? { secondaryZone } : {}),
                  },
              }),
        backupConfiguration: {
            enabled: true,
            // Start of a window of four hours, UTC (BK-01).
            startTime: `${digits(daily?.hour ?? 2)}:${digits(daily?.minute ?? 0)}`,
            // In the region of the data and its key.
            location: more.region,
            // Any second of as many days, from the archived log (BK-03).
            pointInTimeRecoveryEnabled: true,
            transactionLogRetentionDays: retentionDays,
            // One a day: the oldest second needs a backup before it.
            backupRetentionSettings: { retainedBackups: retentionDays + 1, retentionUnit: "COUNT" },
        },
        // Data that outlives the stack: a last backup, for as long as one may need to notice (D1).
        ...(more.finalBackup ? { finalBackupConfig: { enabled: true, retentionDays: 30 } } : {}),
        // The cluster's window, UTC; 7 is Sunday. Replicas have their primary's.
        ...(weekly === undefined
            ? {}
            : {
                  maintenanceWindow: {
                      day: weekly.weekdays[0] === 0 ? 7 : (weekly.weekdays[0] ?? 6),
                      hour: weekly.hour,
                      // Staging and prod get an update after the instances of the first week.
                      updateTrack: "stable",
                  },
              }),
    };
}
