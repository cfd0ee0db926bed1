import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { createStorage } from "../../components/storage";
import type { Storage } from "../../components/storage/types";
import type { PlatformConfig } from "../../config/resolve";
import type { JsonObject, PlannedResource } from "../../tools/plan";
import { configOf, inputs, made, madeOne, one, planned } from "./layers";

const bucketsOf = async (config: PlatformConfig) => planned(() => createStorage("storage", { config }));
const gcs = "gcp:storage/bucket:Bucket";
const s3 = (kind: string) => `aws:s3/${kind[0]?.toLowerCase() ?? ""}${kind.slice(1)}:${kind}`;

const archived = [
    {
        action: { type: "SetStorageClass", storageClass: "NEARLINE" },
        condition: { age: 7, matchesStorageClasses: ["STANDARD"] },
    },
    {
        action: { type: "SetStorageClass", storageClass: "ARCHIVE" },
        condition: { age: 90, matchesStorageClasses: ["NEARLINE"] },
    },
];
const tidied = [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 30, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
];

describe("the buckets on GCP", () => {
    it("are private, versioned, under a key of ours, and can be called back (D1)", async () => {
        const all = await made(() => createStorage("storage", { config: configOf("gcp", "prod") }), {
            "gcp:projects/serviceIdentity:ServiceIdentity": { email: "service-1@container.example.com" },
        });
        for (const purpose of ["backup", "logs"]) {
            const own = madeOne(all, gcs, `storage-buckets-${purpose}`);
            assert.equal(own["name"], `shop-project-prod-${purpose}`);
            assert.equal(own["uniformBucketLevelAccess"], true);
            assert.equal(own["publicAccessPrevention"], "enforced");
            assert.deepEqual(own["versioning"], { enabled: true });
            assert.deepEqual(own["encryption"], { defaultKmsKeyName: `storage-buckets-${purpose}-id` });
            assert.deepEqual(own["softDeletePolicy"], { retentionDurationSeconds: 2_592_000 });
        }
    });

    it("go to Nearline after a week and to Archive after ninety days (ST-07, ST-08)", async () => {
        const resources = await bucketsOf(configOf("gcp", "prod"));
        assert.deepEqual(inputs(resources, gcs, "storage-buckets-backup")["lifecycleRules"], [...archived, ...tidied]);
        assert.deepEqual(inputs(resources, gcs, "storage-buckets-logs")["lifecycleRules"], [
            ...archived,
            { action: { type: "Delete" }, condition: { age: 365 } },
            ...tidied,
        ]);
    });

    it("lie in two regions, with their keys on the continent (BK-04, CL-18)", async () => {
        const resources = await bucketsOf(configOf("gcp", "prod"));
        for (const purpose of ["backup", "logs"]) {
            const own = inputs(resources, gcs, `storage-buckets-${purpose}`);
            assert.equal(own["location"], "US");
            assert.deepEqual(own["customPlacementConfig"], { dataLocations: ["US-CENTRAL1", "US-EAST1"] });
            assert.equal(own["rpo"], purpose === "backup" ? "ASYNC_TURBO" : undefined);
            const ring = inputs(resources, "gcp:kms/keyRing:KeyRing", `storage-buckets-${purpose}`);
            assert.equal(ring["location"], "us");
        }
        const gcp = {
            project: "shop-project",
            region: "europe-west1",
            drRegion: "europe-west4",
            zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
        };
        const europe = await bucketsOf(configOf("gcp", "staging", { gcp }));
        assert.equal(inputs(europe, gcs, "storage-buckets-backup")["location"], "EU");
        assert.equal(inputs(europe, "gcp:kms/keyRing:KeyRing", "storage-buckets-backup")["location"], "europe");
    });

    it("lie in one region in dev, and go with their stack", async () => {
        const own = one(await bucketsOf(configOf("gcp", "dev")), gcs, "storage-buckets-backup");
        assert.equal(own.inputs["location"], "us-central1");
        assert.ok(!("customPlacementConfig" in own.inputs) && !("rpo" in own.inputs));
        assert.deepEqual([own.inputs["forceDestroy"], own.options.protect], [true, undefined]);
        const prod = one(await bucketsOf(configOf("gcp", "prod")), gcs, "storage-buckets-backup");
        assert.deepEqual([prod.inputs["forceDestroy"], prod.options.protect], [false, true]);
    });

    it("say who read a backup, in the bucket of logs; nobody else is let in (D1, D3)", async () => {
        const resources = await bucketsOf(configOf("gcp", "prod"));
        const logging = inputs(resources, gcs, "storage-buckets-backup")["logging"] as JsonObject;
        assert.equal(logging["logObjectPrefix"], "access/backup");
        const grants = resources.filter(({ type }) => type === "gcp:storage/bucketIAMMember:BucketIAMMember");
        assert.deepEqual(
            grants.map(({ inputs: own }) => own),
            [
                {
                    bucket: "shop-project-prod-logs",
                    role: "roles/storage.objectCreator",
                    member: "group:cloud-storage-analytics@google.com",
                },
            ],
        );
    });
});

interface Statement {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Principal?: unknown;
    readonly Condition?: unknown;
}

function statements(text: unknown): readonly Statement[] {
    return (JSON.parse(text as string) as { Statement: readonly Statement[] }).Statement;
}

/** Every bucket of a stack on AWS, the copy's included. */
const onAws = ["logs", "vault-access", "vault-backup", "copy-access", "copy-backup"].map(
    (name) => `storage-buckets-${name}`,
);

async function prodOnAws(): Promise<readonly PlannedResource[]> {
    const config = configOf("aws", "prod");
    return planned(() => {
        const drProvider = new (class extends pulumi.ProviderResource {})("aws", "dr", { region: config.drRegion });
        createStorage("storage", { config, drProvider });
    });
}

describe("the buckets on AWS", () => {
    let resources: readonly PlannedResource[];

    before(async () => {
        resources = await prodOnAws();
    });

    it("are five, named for what they hold, whose they are and where", () => {
        const found = onAws.map((name) => inputs(resources, s3("Bucket"), name)["bucket"]);
        assert.deepEqual(found, [
            "shop-logs-prod-123456789012-us-east-1",
            "shop-access-prod-123456789012-us-east-1",
            "shop-backup-prod-123456789012-us-east-1",
            "shop-access-prod-123456789012-us-west-2",
            "shop-backup-prod-123456789012-us-west-2",
        ]);
        assert.equal(resources.filter(({ type }) => type === s3("Bucket")).length, 5);
    });

    it("are shut to the public in all four ways, and by policy alone (D2)", () => {
        for (const name of onAws) {
            const { bucket: _, ...block } = inputs(resources, s3("BucketPublicAccessBlock"), `${name}-private`);
            assert.deepEqual(block, {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            });
            const { rule } = inputs(resources, s3("BucketOwnershipControls"), `${name}-ownership`);
            assert.deepEqual(rule, { objectOwnership: "BucketOwnerEnforced" });
        }
    });

    it("keep versions, and refuse who does not speak TLS 1.2 (D2)", () => {
        for (const name of onAws) {
            const { versioningConfiguration } = inputs(resources, s3("BucketVersioning"), `${name}-versioning`);
            assert.deepEqual(versioningConfiguration, { status: "Enabled" });
            const bucket = String(inputs(resources, s3("Bucket"), name)["bucket"]);
            const [tls, modern] = statements(inputs(resources, s3("BucketPolicy"), `${name}-policy`)["policy"]);
            const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
            const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource };
            assert.deepEqual(tls, { Sid: "TlsOnly", ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } });
            const Condition = { NumericLessThan: { "s3:TlsVersion": "1.2" } };
            assert.deepEqual(modern, { Sid: "ModernTlsOnly", ...deny, Condition });
        }
    });

    it("let S3 write the record of who read them, and let in nobody else (D1, D3)", () => {
        const allowed = onAws.flatMap((name) =>
            statements(inputs(resources, s3("BucketPolicy"), `${name}-policy`)["policy"])
                .filter(({ Effect }) => Effect === "Allow")
                .map(({ Principal, Action, Condition }) => ({ name, Principal, Action, Condition })),
        );
        const writer = {
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        };
        assert.deepEqual(allowed, [
            { name: "storage-buckets-vault-access", ...writer },
            { name: "storage-buckets-copy-access", ...writer },
        ]);
        const logged = resources.filter(({ type }) => type === s3("BucketLogging")).map(({ name }) => name);
        assert.deepEqual(logged.sort(), [
            "storage-buckets-copy-backup-logging",
            "storage-buckets-logs-logging",
            "storage-buckets-vault-backup-logging",
        ]);
    });

    it("are under keys of ours, but for the record, which S3 delivers under its own only (D2)", async () => {
        const config = configOf("aws", "prod");
        const all = await made(() => createStorage("storage", { config }), { "aws:kms/key:Key": { arn: "arn:key" } });
        const algorithms = ["logs", "vault-backup", "vault-access"].map((name) => {
            const type = s3("BucketServerSideEncryptionConfiguration");
            return madeOne(all, type, `storage-buckets-${name}-encryption`)["rules"];
        });
        const ours = [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:key" },
                bucketKeyEnabled: true,
            },
        ];
        assert.deepEqual(algorithms, [
            ours,
            ours,
            [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        ]);
    });

    it("go to Glacier after a week and to Deep Archive after ninety days (ST-07, ST-08)", () => {
        const everything = { filter: { prefix: "" }, status: "Enabled" };
        const transitions = [
            { days: 7, storageClass: "GLACIER_IR" },
            { days: 90, storageClass: "DEEP_ARCHIVE" },
        ];
        const expiration = { days: 365 };
        const tidying = {
            id: "tidying",
            ...everything,
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        };
        const rules = (name: string) =>
            inputs(resources, s3("BucketLifecycleConfiguration"), `storage-buckets-${name}-lifecycle`)["rules"];
        for (const name of ["vault-backup", "copy-backup"]) {
            assert.deepEqual(rules(name), [{ id: "ageing", ...everything, transitions }, tidying]);
        }
        assert.deepEqual(rules("logs"), [{ id: "ageing", ...everything, transitions, expiration }, tidying]);
        assert.deepEqual(rules("copy-access"), [{ id: "ageing", ...everything, expiration }, tidying]);
    });

    it("keep backups from being deleted for a month where they are meant to stay (D1)", async () => {
        const type = s3("BucketObjectLockConfiguration");
        const locks = resources.filter((resource) => resource.type === type);
        assert.deepEqual(locks.map(({ name }) => name).sort(), [
            "storage-buckets-copy-backup-lock",
            "storage-buckets-vault-backup-lock",
        ]);
        for (const { inputs: own } of locks) {
            assert.deepEqual(own["rule"], { defaultRetention: { mode: "GOVERNANCE", days: 30 } });
        }
        const staging = await bucketsOf(configOf("aws", "staging"));
        assert.equal(staging.filter((resource) => resource.type === type).length, 0);
    });

    it("copy backups to the other region within fifteen minutes (BK-04, CL-18)", async () => {
        const config = configOf("aws", "prod");
        const all = await made(
            () => {
                const drProvider = new (class extends pulumi.ProviderResource {})("aws", "dr", {});
                createStorage("storage", { config, drProvider });
            },
            { "aws:kms/key:Key": { arn: "arn:key" }, "aws:iam/role:Role": { arn: "arn:role", name: "role" } },
        );
        const own = madeOne(all, s3("BucketReplicationConfig"), "storage-buckets-replication");
        assert.deepEqual(own, {
            bucket: "shop-backup-prod-123456789012-us-east-1",
            role: "arn:role",
            rules: [
                {
                    id: "backups",
                    status: "Enabled",
                    priority: 1,
                    filter: { prefix: "" },
                    deleteMarkerReplication: { status: "Enabled" },
                    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                    destination: {
                        bucket: "arn:aws:s3:::shop-backup-prod-123456789012-us-west-2",
                        encryptionConfiguration: { replicaKmsKeyId: "arn:key" },
                        replicationTime: { status: "Enabled", time: { minutes: 15 } },
                        metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                    },
                },
            ],
        });
        const granted = statements(
            madeOne(all, "aws:iam/rolePolicy:RolePolicy", "storage-buckets-replication")["policy"],
        );
        // Nothing of everything: each right on one of the two buckets or one of the two keys (D10).
        assert.deepEqual(
            granted.map(({ Resource }) => Resource),
            [
                "arn:aws:s3:::shop-backup-prod-123456789012-us-east-1",
                "arn:aws:s3:::shop-backup-prod-123456789012-us-east-1/*",
                "arn:aws:s3:::shop-backup-prod-123456789012-us-west-2/*",
                "arn:key",
                "arn:key",
            ],
        );
        assert.ok(granted.every(({ Action }) => !JSON.stringify(Action).includes("*")));
        const trust = statements(madeOne(all, "aws:iam/role:Role", "storage-buckets-replication")["assumeRolePolicy"]);
        assert.deepEqual(trust, [
            {
                Effect: "Allow",
                Principal: { Service: "s3.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                    StringEquals: { "aws:SourceAccount": "123456789012" },
                    ArnEquals: { "aws:SourceArn": "arn:aws:s3:::shop-backup-prod-123456789012-us-east-1" },
                },
            },
        ]);
    });

    it("make the copy, its key included, with the other region's provider (CL-18)", () => {
        const there = resources.filter(({ provider }) => provider?.endsWith("::dr") === true).map(({ name }) => name);
        assert.equal(there.length, 2 * 8 - 1 + 2);
        assert.ok(
            there.every((name) => name.startsWith("storage-buckets-copy")),
            there.join(", "),
        );
        const { policy } = inputs(resources, "aws:kms/key:Key", "storage-buckets-copy-key");
        const [, through] = statements(policy);
        assert.deepEqual(through?.Condition, {
            StringEquals: { "kms:CallerAccount": "123456789012", "kms:ViaService": "s3.us-west-2.amazonaws.com" },
        });
    });
});

describe("what a replica makes of storage (CL-18)", () => {
    const recovery = { role: "replica", replicaOf: "main" } as const;

    for (const [cloud, url] of [
        ["gcp", "gs://shop-project-main-backup"],
        ["aws", "s3://shop-backup-main-123456789012-us-west-2"],
    ] as const) {
        it(`reads the primary's backups on ${cloud} and makes no bucket`, async () => {
            let storage: Storage | undefined;
            const resources = await planned(() => {
                storage = createStorage("storage", { config: configOf(cloud, "prod", { recovery }) });
            });
            assert.deepEqual(
                resources.filter(({ type }) => /bucket/i.test(type)).map(({ type }) => type),
                [],
            );
            assert.equal(storage?.logs, undefined);
            assert.equal(storage?.backups?.key, undefined);
            const found = await new Promise((resolve) => storage?.backups?.url.apply(resolve));
            assert.equal(found, url);
        });
    }

    it("is nothing but classes on an existing cluster", async () => {
        let storage: Storage | undefined;
        const resources = await planned(() => {
            storage = createStorage("storage", { config: configOf("existing", "prod") });
        });
        assert.deepEqual([storage?.backups, storage?.logs, storage?.snapshots], [undefined, undefined, undefined]);
        assert.equal(resources.length, 4);
    });
});
