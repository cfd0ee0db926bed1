import assert from "node:assert/strict";

import { createStorage } from "../../../../components/storage";
import type { PlannedResource } from "../../../../tools/plan";
import { prodOnAws, s3, statements } from "./planned-buckets";
import { configOf, created, createdOne, inputs, planned } from "../../layers";

/** All buckets of a stack on AWS, copies included. */
const onAws = ["logs", "vault-access", "vault-backup", "copy-access", "copy-backup"].map(
    (name) => `storage-buckets-${name}`,
);

describe("the buckets on AWS", () => {
    let resources: readonly PlannedResource[];

    before(async () => {
        resources = await prodOnAws();
    });

    it("are five, named by purpose, stack, account and region", () => {
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

    it("block public access in all four ways, and have no ACLs (D2)", () => {
        for (const name of onAws) {
            const block = inputs(resources, s3("BucketPublicAccessBlock"), `${name}-private`);
            assert.deepEqual(block, {
                bucket: "[unknown]",
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            });
            const { rule } = inputs(resources, s3("BucketOwnershipControls"), `${name}-ownership`);
            assert.deepEqual(rule, { objectOwnership: "BucketOwnerEnforced" });
        }
    });

    it("are versioned, and deny requests without TLS 1.2 (D2)", () => {
        for (const name of onAws) {
            const { versioningConfiguration } = inputs(resources, s3("BucketVersioning"), `${name}-versioning`);
            assert.deepEqual(versioningConfiguration, { status: "Enabled" });
            const bucket = inputs(resources, s3("Bucket"), name)["bucket"] as string;
            const [tls, modern] = statements(inputs(resources, s3("BucketPolicy"), `${name}-policy`)["policy"]);
            const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
            const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource };
            assert.deepEqual(tls, { Sid: "TlsOnly", ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } });
            const Condition = { NumericLessThan: { "s3:TlsVersion": "1.2" } };
            assert.deepEqual(modern, { Sid: "ModernTlsOnly", ...deny, Condition });
        }
    });

    it("allow only S3 to write access logs (D1, D3)", () => {
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

    it("have customer-managed keys, except the access logs', which S3 does not support (D2)", async () => {
        const config = configOf("aws", "prod");
        const all = await created(() => createStorage("storage", { config }), {
            "aws:kms/key:Key": { arn: "arn:key" },
        });
        const algorithms = ["logs", "vault-backup", "vault-access"].map((name) => {
            const type = s3("BucketServerSideEncryptionConfiguration");
            return createdOne(all, type, `storage-buckets-${name}-encryption`)["rules"];
        });
        const customerManaged = [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:key" },
                bucketKeyEnabled: true,
            },
        ];
        assert.deepEqual(algorithms, [
            customerManaged,
            customerManaged,
            [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        ]);
    });

    it("move objects to Glacier after 7 days and to Deep Archive after the 90 that S3 bills (ST-07, ST-08)", () => {
        const everything = { filter: { prefix: "" }, status: "Enabled" };
        const transitions = [
            { days: 7, storageClass: "GLACIER_IR" },
            { days: 97, storageClass: "DEEP_ARCHIVE" },
        ];
        const expiration = { days: 365 };
        const cleanup = {
            id: "tidying",
            ...everything,
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        };
        const rules = (name: string) =>
            inputs(resources, s3("BucketLifecycleConfiguration"), `storage-buckets-${name}-lifecycle`)["rules"];
        for (const name of ["vault-backup", "copy-backup"]) {
            // Not `elasticsearch/`, whose files Elasticsearch could not read any more (BK-06).
            const aged = ["postgres", "valkey-state"].map((folder) => ({
                id: `ageing-${folder}`,
                filter: { prefix: `${folder}/` },
                status: "Enabled",
                transitions,
            }));
            assert.deepEqual(rules(name), [...aged, cleanup]);
        }
        assert.deepEqual(rules("logs"), [{ id: "ageing", ...everything, transitions, expiration }, cleanup]);
        assert.deepEqual(rules("copy-access"), [{ id: "ageing", ...everything, expiration }, cleanup]);
    });

    it("lock backups for 30 days in stacks that their data outlives (D1)", async () => {
        const type = s3("BucketObjectLockConfiguration");
        const locks = resources.filter((resource) => resource.type === type);
        assert.deepEqual(locks.map(({ name }) => name).sort(), [
            "storage-buckets-copy-backup-lock",
            "storage-buckets-vault-backup-lock",
        ]);
        for (const { inputs: own } of locks) {
            assert.deepEqual(own["rule"], { defaultRetention: { mode: "GOVERNANCE", days: 30 } });
        }
        const staging = await planned(() => createStorage("storage", { config: configOf("aws", "staging") }));
        assert.equal(staging.filter((resource) => resource.type === type).length, 0);
        // Object Lock is enabled in every tier: changing it would replace the bucket.
        for (const all of [resources, staging]) {
            const objectLock = (name: string) =>
                inputs(all, s3("Bucket"), `storage-buckets-${name}`)["objectLockEnabled"];
            assert.deepEqual(["vault-backup", "vault-access", "logs"].map(objectLock), [true, false, false]);
        }
    });
});
