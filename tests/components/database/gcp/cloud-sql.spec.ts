import assert from "node:assert/strict";

import { optionsOf } from "../../deployed";
import { kindObject, kindObjects } from "../kinds";

const flags = [
    { name: "max_connections", value: "700" },
    // 32 GiB x 3/4 / (700 connections x 3), in kB.
    { name: "work_mem", value: "11983" },
    { name: "maintenance_work_mem", value: "2097152" },
    { name: "max_parallel_workers", value: "8" },
    { name: "random_page_cost", value: "1.1" },
    { name: "hot_standby_feedback", value: "on" },
    { name: "password_encryption", value: "scram-sha-256" },
    { name: "idle_in_transaction_session_timeout", value: "60000" },
    { name: "log_min_duration_statement", value: "100" },
    { name: "log_parameter_max_length", value: "0" },
    { name: "log_parameter_max_length_on_error", value: "0" },
    { name: "log_lock_waits", value: "on" },
    { name: "track_io_timing", value: "on" },
    { name: "cloudsql.iam_authentication", value: "on" },
];

const common = {
    project: "shop-project",
    region: "us-central1",
    databaseVersion: "POSTGRES_18",
    deletionProtection: true,
};

/** Settings of every instance in prod. */
const settings = {
    edition: "ENTERPRISE",
    tier: "db-custom-8-32768",
    availabilityType: "ZONAL",
    deletionProtectionEnabled: true,
    diskType: "PD_SSD",
    diskSize: 200,
    diskAutoresize: true,
    diskAutoresizeLimit: 800,
    ipConfiguration: {
        ipv4Enabled: false,
        privateNetwork: "network-id",
        sslMode: "ENCRYPTED_ONLY",
        serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
    },
    databaseFlags: flags,
    insightsConfig: {
        queryInsightsEnabled: true,
        queryStringLength: 1024,
        recordApplicationTags: true,
        recordClientAddress: false,
    },
    userLabels: { "managed-by": "pulumi", "part-of": "ecommerce-platform", stack: "prod", tier: "prod" },
};

const name = "database-instances";

describe("Cloud SQL (DB-01, DB-04, DB-18, BK-01, BK-03, SC-06)", () => {
    it("is a primary with a standby, backups at 02:00 and seven days of recovery", async () => {
        const objects = await kindObjects("gcp", "cloud-sql");
        assert.deepEqual(objects[`DatabaseInstance ${name}`]?.inputs, {
            ...common,
            encryptionKeyName: `${name}-key-id`,
            rootPassword: { secret: "password of database-postgres" },
            settings: {
                ...settings,
                availabilityType: "REGIONAL",
                locationPreference: { zone: "us-central1-a", secondaryZone: "us-central1-b" },
                backupConfiguration: {
                    enabled: true,
                    startTime: "02:00",
                    location: "us-central1",
                    pointInTimeRecoveryEnabled: true,
                    transactionLogRetentionDays: 7,
                    backupRetentionSettings: { retainedBackups: 8, retentionUnit: "COUNT" },
                },
                finalBackupConfig: { enabled: true, retentionDays: 30 },
                maintenanceWindow: { day: 6, hour: 3, updateTrack: "stable" },
            },
        });
    });

    it("has a read replica in each zone", async () => {
        const objects = await kindObjects("gcp", "cloud-sql");
        for (const [index, zone] of ["us-central1-a", "us-central1-b", "us-central1-c"].entries()) {
            assert.deepEqual(objects[`DatabaseInstance ${name}-replica-${index + 1}`]?.inputs, {
                ...common,
                masterInstanceName: `${name}-name`,
                settings: { ...settings, locationPreference: { zone } },
            });
        }
        const instances = Object.keys(objects).filter((title) => title.startsWith("DatabaseInstance "));
        assert.equal(instances.length, 4);
    });

    it("is protected by Pulumi too, and has time to be created", async () => {
        const objects = await kindObjects("gcp", "cloud-sql");
        const options = optionsOf(Object.values(objects).filter(({ type }) => type.startsWith("gcp:")));
        const instance = { protect: true, customTimeouts: { create: "60m", update: "60m", delete: "60m" } };
        const kept = { retainOnDelete: true };
        assert.deepEqual(options, {
            [`DatabaseInstance ${name}`]: instance,
            ...Object.fromEntries([1, 2, 3].map((index) => [`DatabaseInstance ${name}-replica-${index}`, instance])),
            [`KeyRing ${name}-key`]: kept,
            [`CryptoKey ${name}-key`]: { protect: true, ...kept },
            [`CryptoKeyIAMMember ${name}-key`]: kept,
        });
    });

    it("has a key of its own, which only its agent uses", async () => {
        const objects = await kindObjects("gcp", "cloud-sql");
        const service = { project: "shop-project", service: "sqladmin.googleapis.com" };
        assert.deepEqual(objects[`ServiceIdentity ${name}-agent`]?.inputs, service);
        assert.deepEqual(objects[`CryptoKeyIAMMember ${name}-key`]?.inputs, {
            cryptoKeyId: `${name}-key-id`,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: "serviceAccount:service-42@gcp-sa-cloud-sql.iam.gserviceaccount.com",
        });
        assert.deepEqual(objects[`KeyRing ${name}-key`]?.inputs["location"], "us-central1");
    });

    it("is one small instance in dev, which goes with the stack", async () => {
        const objects = await kindObjects("gcp", "cloud-sql", "dev");
        const instances = Object.entries(objects).filter(([title]) => title.startsWith("DatabaseInstance "));
        assert.deepEqual(
            instances.map(([title]) => title),
            [`DatabaseInstance ${name}`],
        );
        const { inputs, options } = await kindObject(`DatabaseInstance ${name}`, "gcp", "cloud-sql", "dev");
        const own = inputs["settings"] as Record<string, unknown>;
        assert.deepEqual(
            [
                own["tier"],
                own["availabilityType"],
                own["diskSize"],
                own["finalBackupConfig"],
                own["locationPreference"],
            ],
            ["db-custom-1-3840", "ZONAL", 10, undefined, { zone: "us-central1-a" }],
        );
        assert.deepEqual([inputs["deletionProtection"], options.protect ?? false], [false, false]);
    });

    it("is checked by the authorities of its instances, which are one file for all clients", async () => {
        const objects = await kindObjects("gcp", "cloud-sql");
        const all = ["", "-replica-1", "-replica-2", "-replica-3"]
            .map((end) => `authority of ${name}${end}\n`)
            .join("");
        assert.deepEqual(objects["Secret database-authority"]?.inputs["data"], {
            secret: { "ca.crt": Buffer.from(all).toString("base64") },
        });
        const { data } = objects["ConfigMap database-pooler-ro"]?.inputs as { readonly data: Record<string, string> };
        assert.match(data["pgbouncer.ini"] ?? "", /^server_tls_sslmode = verify-ca$/m);
        assert.match(JSON.stringify(objects["Job database-schema"]?.inputs), /sslmode=verify-ca/);
    });
});
