import assert from "node:assert/strict";

import { createAudit } from "../../../../components/audit";
import type { Audit } from "../../../../components/audit/types";
import { createStorage } from "../../../../components/storage";
import type { PlatformConfig } from "../../../../components/platform";
import { sharedPlan } from "../../../stacks/plans";
import { configOf, created, createdOne, inputs, one, planned, tally } from "../../layers";

const gcs = "gcp:storage/bucket:Bucket";
const records = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const sink = "gcp:logging/projectSink:ProjectSink";
const member = "gcp:storage/bucketIAMMember:BucketIAMMember";

/** The layer's resources and its interface. */
async function layer(config: PlatformConfig) {
    let audit: Audit | undefined;
    const all = await planned(() => {
        audit = createAudit("audit", { config, storage: createStorage("storage", { config }) });
    });
    return { resources: all.filter(({ name }) => name.startsWith("audit")), audit: audit! };
}

const archive = {
    action: { type: "SetStorageClass", storageClass: "COLDLINE" },
    condition: { age: 90, matchesStorageClasses: ["STANDARD"] },
};
const expiration = (age: number) => ({ action: { type: "Delete" }, condition: { age } });
const cleanup = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
];

describe("the audit records on GCP (SC-12, CL-19)", () => {
    it("consist of audit log settings, a sink, a bucket with a key of its own, and one writer", async () => {
        const { resources } = await layer(configOf("gcp", "prod"));
        assert.deepEqual(tally(resources), {
            "gcp:kms/cryptoKey:CryptoKey": 1,
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 1,
            "gcp:kms/keyRing:KeyRing": 1,
            "gcp:logging/projectExclusion:ProjectExclusion": 1,
            [sink]: 1,
            [records]: 4,
            "gcp:projects/serviceIdentity:ServiceIdentity": 1,
            [gcs]: 1,
            [member]: 1,
            "shop:audit:GcpAudit": 1,
            "shop:common:GcpAgents": 1,
            "shop:common:GcpKey": 1,
        });
    });

    it("include reads of secrets, keys and the cluster, and writes and deletions of objects", async () => {
        const { resources } = await layer(configOf("gcp", "dev"));
        const found = resources.filter(({ type }) => type === records).map(({ inputs: own }) => own);
        const all = [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }];
        const project = "shop-project";
        assert.deepEqual(found, [
            { project, service: "cloudkms.googleapis.com", auditLogConfigs: all },
            { project, service: "container.googleapis.com", auditLogConfigs: all },
            { project, service: "secretmanager.googleapis.com", auditLogConfigs: all },
            { project, service: "storage.googleapis.com", auditLogConfigs: [{ logType: "DATA_WRITE" }] },
        ]);
    });

    it("include all four audit logs, with a writer identity of the sink's own", async () => {
        const { resources } = await layer(configOf("gcp", "prod"));
        assert.deepEqual(inputs(resources, sink, "audit"), {
            project: "shop-project",
            name: "prod-audit",
            destination: "storage.googleapis.com/shop-project-prod-audit",
            filter:
                'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR ' +
                'log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/system_event") OR ' +
                'log_id("compute.googleapis.com/vpc_flows")',
            uniqueWriterIdentity: true,
        });
        const { resources: staging } = await layer(configOf("gcp", "staging"));
        assert.doesNotMatch(inputs(staging, sink, "audit")["filter"] as string, /vpc_flows/);
    });

    it("include reads of objects where the organisation's policy rejects usage logs, and need no grant to Google", async () => {
        const gcp = { project: "shop-project", usageLogs: false };
        const config = configOf("gcp", "prod", { gcp });
        const all = await planned(() => {
            createAudit("audit", { config, storage: createStorage("storage", { config }) });
        });
        assert.deepEqual(inputs(all, records, "audit-storage")["auditLogConfigs"], [
            { logType: "DATA_READ" },
            { logType: "DATA_WRITE" },
        ]);
        const grants = all.filter(({ type }) => type === member).map(({ name }) => name);
        assert.deepEqual(grants, ["audit-writer"]);
        const logged = all.filter(({ type, inputs: own }) => type === gcs && "logging" in own);
        assert.deepEqual(logged, []);
    });

    it("are written by the sink only, which may create objects and nothing else (D3)", async () => {
        const config = configOf("gcp", "prod");
        const all = await created(
            () => createAudit("audit", { config, storage: createStorage("storage", { config }) }),
            {
                "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-1@container.example.com" },
                [sink]: { writerIdentity: "serviceAccount:sink@example.com" },
            },
        );
        assert.equal(all.filter(({ type, name }) => type === member && name.startsWith("audit")).length, 1);
        assert.deepEqual(createdOne(all, member, "audit-writer"), {
            bucket: "shop-project-prod-audit",
            role: "roles/storage.objectCreator",
            member: "serviceAccount:sink@example.com",
        });
        const bucket = createdOne(all, gcs, "audit");
        assert.deepEqual(bucket["encryption"], { defaultKmsKeyName: "audit-id" });
        // Cloud Storage's service agent encrypts: readers of the records need no permission for the key.
        assert.equal(
            createdOne(all, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "audit")["member"],
            "serviceAccount:service-42@gs-project-accounts.iam.gserviceaccount.com",
        );
    });

    it("are in a private, versioned bucket with access logs (D1)", async () => {
        const { name, location, ...own } = inputs((await layer(configOf("gcp", "prod"))).resources, gcs, "audit");
        assert.deepEqual([name, location], ["shop-project-prod-audit", "US"]);
        assert.equal(own["uniformBucketLevelAccess"], true);
        assert.equal(own["publicAccessPrevention"], "enforced");
        assert.deepEqual(own["versioning"], { enabled: true });
        assert.deepEqual(own["softDeletePolicy"], { retentionDurationSeconds: 2_592_000 });
        assert.deepEqual(own["logging"], { logBucket: "[unknown]", logObjectPrefix: "access/audit" });
        // Replicated to a second region, as backups are (CL-18).
        assert.deepEqual(own["customPlacementConfig"], { dataLocations: ["US-CENTRAL1", "US-EAST1"] });
        assert.equal(own["retentionPolicy"], undefined);
    });

    it("are retained as long as the tier requires, in an archive class after 90 days", async () => {
        const rules = async (config: PlatformConfig) =>
            inputs((await layer(config)).resources, gcs, "audit")["lifecycleRules"];
        assert.deepEqual(await rules(configOf("gcp", "dev")), [expiration(30), ...cleanup]);
        assert.deepEqual(await rules(configOf("gcp", "staging")), [expiration(90), ...cleanup]);
        assert.deepEqual(await rules(configOf("gcp", "prod")), [archive, expiration(400), ...cleanup]);
        const audit = { retentionDays: 91 };
        assert.deepEqual(await rules(configOf("gcp", "dev", { audit })), [archive, expiration(91), ...cleanup]);
    });

    it("are deleted with their stack in dev and staging, and protected in prod", async () => {
        const view = async (tier: "dev" | "staging" | "prod") => {
            const { resources } = await layer(configOf("gcp", tier));
            const bucket = one(resources, gcs, "audit");
            const key = one(resources, "gcp:kms/cryptoKey:CryptoKey", "audit");
            const { protect = false, retainOnDelete = false } = bucket.options;
            return [bucket.inputs["forceDestroy"], protect, key.options.protect ?? false, retainOnDelete];
        };
        assert.deepEqual(await view("dev"), [true, false, false, false]);
        assert.deepEqual(await view("staging"), [true, false, false, false]);
        assert.deepEqual(await view("prod"), [false, true, true, true]);
    });

    it("are the primary's in a replica: a project has one sink", async () => {
        const config = configOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "main" } });
        const { resources, audit } = await layer(config);
        assert.deepEqual(tally(resources), {});
        assert.equal(audit.records, undefined);
    });

    it("are not created on an existing cluster", async () => {
        const { resources, audit } = await layer(configOf("existing", "prod"));
        assert.deepEqual(tally(resources), {});
        assert.equal(audit.records, undefined);
    });

    it("are in the plan of every stack on GCP", async () => {
        for (const stack of ["dev", "staging", "prod"]) {
            const { resources } = await sharedPlan(stack, "gcp");
            const counts = tally(resources);
            assert.deepEqual([counts[sink], counts[records]], [1, 4], stack);
        }
    });
});
