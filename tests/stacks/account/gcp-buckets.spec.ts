import assert from "node:assert/strict";

import { sharedPlan } from "../plans";
import { gcpSites } from "./sites";
import { ofType, stacks, updated } from "./updated";

const gcs = "gcp:storage/bucket:Bucket";

/** Retention of audit records in days, by stack. */
const retentionDays = { dev: 30, staging: 90, prod: 400, "prod-dr": 0 } as const;

const move = (storageClass: string, from: string, age: number, more: object = {}) => ({
    action: { type: "SetStorageClass", storageClass },
    condition: { age, matchesStorageClasses: [from], ...more },
});
const expire = (age: number) => ({ action: { type: "Delete" }, condition: { age } });

const toColdStorage = (more: object = {}) => [
    move("NEARLINE", "STANDARD", 7, more),
    move("ARCHIVE", "NEARLINE", 90, more),
];
/** Not `elasticsearch/`: its snapshots share files (BK-06). */
const aged = { matchesPrefixes: ["postgres/", "valkey-state/"] };
const cleanup = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
];

for (const stack of stacks) {
    const { project, region, twoRegions, locked, primary } = gcpSites[stack];
    const bucketName = (purpose: string) => `${project}-${stack}-${purpose}`;

    /** What all buckets of the stack have in common. */
    const common = {
        project,
        ...(twoRegions
            ? { location: "US", customPlacementConfig: { dataLocations: ["US-CENTRAL1", "US-EAST1"] } }
            : { location: region }),
        storageClass: "STANDARD",
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        versioning: { enabled: true },
        softDeletePolicy: { retentionDurationSeconds: 2_592_000 },
        forceDestroy: !locked,
    };
    const logging = (of: string) => ({ logBucket: bucketName("logs"), logObjectPrefix: `access/${of}` });

    const expected = {
        audit: {
            ...common,
            name: bucketName("audit"),
            encryption: { defaultKmsKeyName: "audit-id" },
            logging: logging("audit"),
            lifecycleRules: [
                ...(stack === "prod" ? [move("COLDLINE", "STANDARD", 90)] : []),
                expire(retentionDays[stack]),
                ...cleanup,
            ],
        },
        "storage-buckets-backup": {
            ...common,
            name: bucketName("backup"),
            encryption: { defaultKmsKeyName: "storage-buckets-backup-id" },
            logging: logging("backup"),
            lifecycleRules: [...toColdStorage(aged), ...cleanup],
            ...(twoRegions ? { rpo: "ASYNC_TURBO" } : {}),
        },
        "storage-buckets-logs": {
            ...common,
            name: bucketName("logs"),
            encryption: { defaultKmsKeyName: "storage-buckets-logs-id" },
            lifecycleRules: [...toColdStorage(), expire(365), ...cleanup],
        },
    };

    describe(`the buckets of ${stack} on GCP`, () => {
        it("have exactly these settings (D1, D3, BK-04, CL-18, ST-06 to ST-08)", async () => {
            const all = await updated(stack, "gcp");
            assert.deepEqual(ofType(all, gcs), primary ? expected : {});
            const kinds = all.map(({ type }) => type).filter((type) => type.startsWith("gcp:storage/"));
            // A replica has no bucket, and a grant to read its primary's backups.
            assert.deepEqual([...new Set(kinds)].sort(), [
                ...(primary ? [gcs] : []),
                "gcp:storage/bucketIAMMember:BucketIAMMember",
            ]);
        });

        it("are protected from deletion in a stack with deletion protection (D1)", async () => {
            const found = (await sharedPlan(stack, "gcp")).resources.filter(({ type }) => type === gcs);
            assert.deepEqual(
                found.filter(({ options }) => options.protect === true).map(({ name }) => name),
                locked ? found.map(({ name }) => name) : [],
            );
        });
    });

    describe(`the audit records of ${stack} on GCP (SC-12, CL-19)`, () => {
        it("are sent by one sink, with an identity of its own, to the stack's bucket", async () => {
            const sink = {
                project,
                name: `${stack}-audit`,
                destination: `storage.googleapis.com/${bucketName("audit")}`,
                filter:
                    'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR ' +
                    'log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/system_event")' +
                    // A year for the flow logs of the payment pool's VPC (PCI DSS 10.5.1).
                    (stack === "prod" ? ' OR log_id("compute.googleapis.com/vpc_flows")' : ""),
                uniqueWriterIdentity: true,
            };
            const sinks = ofType(await updated(stack, "gcp"), "gcp:logging/projectSink:ProjectSink");
            assert.deepEqual(sinks, primary ? { audit: sink } : {});
        });

        it("are not stored a second time in the project's log bucket, as far as they are the cluster's", async () => {
            const exclusion = {
                project,
                name: `${stack}-cluster-reads`,
                description: "Stored in the bucket of audit records",
                filter: 'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="k8s.io"',
            };
            assert.deepEqual(
                ofType(await updated(stack, "gcp"), "gcp:logging/projectExclusion:ProjectExclusion"),
                primary ? { "audit-cluster-reads": exclusion } : {},
            );
        });

        it("include these data access logs", async () => {
            const logs = (service: string, ...logTypes: string[]) => ({
                project,
                service: `${service}.googleapis.com`,
                auditLogConfigs: logTypes.map((logType) => ({ logType })),
            });
            const every = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];
            assert.deepEqual(
                ofType(await updated(stack, "gcp"), "gcp:projects/iAMAuditConfig:IAMAuditConfig"),
                primary
                    ? {
                          "audit-cloudkms": logs("cloudkms", ...every),
                          "audit-container": logs("container", ...every),
                          "audit-secretmanager": logs("secretmanager", ...every),
                          "audit-storage": logs("storage", "DATA_WRITE"),
                      }
                    : {},
            );
        });

        it("are encrypted by agents that are asked for in the stack's project", async () => {
            const agent = { project, service: "container.googleapis.com" };
            assert.deepEqual(ofType(await updated(stack, "gcp"), "gcp:projects/serviceIdentity:ServiceIdentity"), {
                "cluster-keys-gke": agent,
                "storage-agents": agent,
                ...(primary ? { "audit-agents": agent } : {}),
            });
        });
    });
}
