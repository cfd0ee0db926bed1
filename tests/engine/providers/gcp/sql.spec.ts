import { itRefuses } from "../core/testing";
import type { Bag } from "../core/value";
import { gcp } from "./cloud";
import { SETTINGS } from "./fixtures";
import { SQL_INSTANCE } from "./sql";

const ip = { ipv4Enabled: false, privateNetwork: "projects/shop-test/global/networks/vpc" };
const settings: Bag = { tier: "db-custom-2-8192", edition: "ENTERPRISE", ipConfiguration: ip };
const instance = (own: Bag = {}, more: Bag = {}): Bag => ({
    name: "shop",
    databaseVersion: "POSTGRES_18",
    settings: { ...settings, ...own },
    ...more,
});
const range = {
    type: "gcp:compute/globalAddress:GlobalAddress",
    name: "managed",
    inputs: { name: "managed", purpose: "VPC_PEERING", address: "10.49.0.0", prefixLength: 20 },
};
const connection = {
    type: "gcp:servicenetworking/connection:Connection",
    name: "managed",
    inputs: {
        network: "projects/shop-test/global/networks/vpc",
        service: "servicenetworking.googleapis.com",
        reservedPeeringRanges: ["managed"],
    },
};
const before = [range, connection];
const flags = (connections: string): Bag => ({ databaseFlags: [{ name: "max_connections", value: connections }] });
const primary = { type: SQL_INSTANCE, name: "primary", inputs: instance(flags("700"), { name: "primary" }) };

describe("engine stand-ins: gcp refusals of Cloud SQL", () => {
    itRefuses(gcp, SETTINGS, [
        {
            what: "refuses a machine of Enterprise Plus in the Enterprise edition",
            type: SQL_INSTANCE,
            inputs: instance({ tier: "db-perf-optimized-N-8" }),
            before,
            message:
                "Error 400: Invalid request: Invalid Tier (db-perf-optimized-N-8) for (ENTERPRISE) Edition., invalid",
        },
        {
            what: "refuses a standby without recovery",
            type: SQL_INSTANCE,
            inputs: instance({ availabilityType: "REGIONAL", backupConfiguration: { enabled: true } }),
            before,
            message:
                "For PostgreSQL instances with `availability_type` set to `REGIONAL`, `settings.backup_configuration.enabled` " +
                "and `settings.backup_configuration.point_in_time_recovery_enabled` must both be set to `true`.",
        },
        {
            what: "refuses more than seven days of log in the Enterprise edition",
            type: SQL_INSTANCE,
            inputs: instance({ backupConfiguration: { transactionLogRetentionDays: 8 } }),
            before,
            message: "Error 400: Invalid request: Transaction log retention days must be between 1 and 7., invalid",
        },
        {
            what: "refuses an instance without an address",
            type: SQL_INSTANCE,
            inputs: instance({ ipConfiguration: { ipv4Enabled: false } }),
            message:
                "Error 400: Invalid request: At least one of Public IP or Private IP or PSC connectivity must be enabled., invalid",
        },
        {
            what: "refuses a private address in a network without private services access",
            type: SQL_INSTANCE,
            inputs: instance(),
            message:
                "Error 400: Invalid request: Incorrect Service Networking config for instance: SERVICE_NETWORKING_NOT_ENABLED., invalid",
        },
        {
            what: "refuses a key that its agent may not use",
            type: SQL_INSTANCE,
            inputs: instance({}, { encryptionKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/data" }),
            before,
            message: "Error 400: The Cloud SQL service account does not have permission to use the key data., invalid",
        },
        {
            what: "refuses a replica of an instance that does not exist",
            type: SQL_INSTANCE,
            inputs: instance({}, { masterInstanceName: "primary" }),
            before,
            message: "Error 404: The Cloud SQL instance primary does not exist., instanceDoesNotExist",
        },
        {
            what: "refuses a replica with fewer connections than its primary",
            type: SQL_INSTANCE,
            inputs: instance(flags("600"), { masterInstanceName: "primary" }),
            before: [...before, primary],
            message:
                "Error 400: Invalid flag value: max_connections of a replica must not be less than its primary's., invalid",
        },
        {
            what: "refuses labels with capital letters",
            type: SQL_INSTANCE,
            inputs: instance({ userLabels: { tier: "Prod" } }),
            before,
            message:
                "Invalid value for field 'settings.userLabels': 'Prod'. Label keys and values can only contain lowercase " +
                "letters, numeric characters, underscores and dashes",
        },
    ]);
});
