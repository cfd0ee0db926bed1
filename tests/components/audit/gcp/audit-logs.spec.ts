import assert from "node:assert/strict";

import { createAudit } from "../../../../components/audit";
import type { Audit } from "../../../../components/audit/types";
import { createStorage } from "../../../../components/storage";
import type { PlatformConfig } from "../../../../components/platform";
import { sharedPlan } from "../../../stacks/plans";
import { configOf, inputs, made, madeOne, one, planned, tally } from "../../layers";

const gcs = "gcp:storage/bucket:Bucket";
const records = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const sink = "gcp:logging/projectSink:ProjectSink";
const member = "gcp:storage/bucketIAMMember:BucketIAMMember";

/** The layer alone, and what it promises. */
async function layer(config: PlatformConfig) {
    let audit: Audit | undefined;
    const all = await planned(() => {
        audit = createAudit("audit", { config, storage: createStorage("storage", { config }) });
    });
    return { resources: all.filter(({ name }) => name.startsWith("audit")), audit: audit! };
}

const colder = {
    action: { type: "SetStorageClass", storageClass: "COLDLINE" },
    condition: { age: 90, matchesStorageClasses: ["STANDARD"] },
};
const gone = (age: number) => ({ action: { type: "Delete" }, condition: { age } });
const tidied = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 30, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
];

describe("the record of who did what on GCP (SC-12, CL-19)", () => {
    it("is made of what is logged, a sink, a bucket under its own key, and one writer", async () => {
        const { resources } = await layer(configOf("gcp", "prod"));
        assert.deepEqual(tally(resources), {
            "gcp:kms/cryptoKey:CryptoKey": 1,
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 1,
            "gcp:kms/keyRing:KeyRing": 1,
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

    it("has who read secrets, keys and the cluster, and who wrote or deleted objects", async () => {
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

    it("takes all four audit logs, by a writer of the project's own", async () => {
        const { resources } = await layer(configOf("gcp", "prod"));
        assert.deepEqual(inputs(resources, sink, "audit"), {
            project: "shop-project",
            name: "prod-audit",
            destination: "storage.googleapis.com/shop-project-prod-audit",
            filter:
                'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR ' +
                'log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/system_event")',
            uniqueWriterIdentity: true,
        });
    });

    it("lets the sink's writer add objects, and nobody do anything else (D3)", async () => {
        const config = configOf("gcp", "prod");
        const all = await made(() => createAudit("audit", { config, storage: createStorage("storage", { config }) }), {
            "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-1@container.example.com" },
            [sink]: { writerIdentity: "serviceAccount:sink@example.com" },
        });
        assert.equal(all.filter(({ type, name }) => type === member && name.startsWith("audit")).length, 1);
        assert.deepEqual(madeOne(all, member, "audit-writer"), {
            bucket: "shop-project-prod-audit",
            role: "roles/storage.objectCreator",
            member: "serviceAccount:sink@example.com",
        });
        const bucket = madeOne(all, gcs, "audit");
        assert.deepEqual(bucket["encryption"], { defaultKmsKeyName: "audit-id" });
        // Storage's own service encrypts: whoever may read the records needs no right to the key.
        assert.equal(
            madeOne(all, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "audit")["member"],
            "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com",
        );
    });

    it("lies in a private bucket that keeps versions, and says who read it (D1)", async () => {
        const { name, location, ...own } = inputs((await layer(configOf("gcp", "prod"))).resources, gcs, "audit");
        assert.deepEqual([name, location], ["shop-project-prod-audit", "US"]);
        assert.equal(own["uniformBucketLevelAccess"], true);
        assert.equal(own["publicAccessPrevention"], "enforced");
        assert.deepEqual(own["versioning"], { enabled: true });
        assert.deepEqual(own["softDeletePolicy"], { retentionDurationSeconds: 2_592_000 });
        assert.deepEqual(own["logging"], { logBucket: "[unknown]", logObjectPrefix: "access/audit" });
        // Survives its region, as the backups do (CL-18).
        assert.deepEqual(own["customPlacementConfig"], { dataLocations: ["US-CENTRAL1", "US-EAST1"] });
        assert.equal(own["retentionPolicy"], undefined);
    });

    it("is kept as long as the tier says, in a colder class after ninety days", async () => {
        const rules = async (config: PlatformConfig) =>
            inputs((await layer(config)).resources, gcs, "audit")["lifecycleRules"];
        assert.deepEqual(await rules(configOf("gcp", "dev")), [gone(30), ...tidied]);
        assert.deepEqual(await rules(configOf("gcp", "staging")), [gone(90), ...tidied]);
        assert.deepEqual(await rules(configOf("gcp", "prod")), [colder, gone(400), ...tidied]);
        const audit = { retentionDays: 91 };
        assert.deepEqual(await rules(configOf("gcp", "dev", { audit })), [colder, gone(91), ...tidied]);
    });

    it("goes with its stack in dev and staging, and stays in prod", async () => {
        const view = async (tier: "dev" | "staging" | "prod") => {
            const { resources } = await layer(configOf("gcp", tier));
            const bucket = one(resources, gcs, "audit");
            const key = one(resources, "gcp:kms/cryptoKey:CryptoKey", "audit");
            return [bucket.inputs["forceDestroy"], bucket.options.protect ?? false, key.options.protect ?? false];
        };
        assert.deepEqual(await view("dev"), [true, false, false]);
        assert.deepEqual(await view("staging"), [true, false, false]);
        assert.deepEqual(await view("prod"), [false, true, true]);
    });

    it("is the primary's in a replica: one project logs, and records, once", async () => {
        const config = configOf("gcp", "prod", { recovery: { role: "replica", replicaOf: "main" } });
        const { resources, audit } = await layer(config);
        assert.deepEqual(tally(resources), {});
        assert.equal(audit.records, undefined);
    });

    it("is somebody else's business on an existing cluster", async () => {
        const { resources, audit } = await layer(configOf("existing", "prod"));
        assert.deepEqual(tally(resources), {});
        assert.equal(audit.records, undefined);
    });

    it("is in the plan of every stack on GCP", async () => {
        for (const stack of ["dev", "staging", "prod"]) {
            const { resources } = await sharedPlan(stack, "gcp");
            const counts = tally(resources);
            assert.deepEqual([counts[sink], counts[records]], [1, 4], stack);
        }
    });
});
