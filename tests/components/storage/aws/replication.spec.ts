import assert from "node:assert/strict";

import { createStorage } from "../../../../components/storage";
import type { Storage } from "../../../../components/storage/types";
import { rows } from "../../../stacks/account/tables";
import { OtherRegion, prodOnAws, s3, statements } from "./planned-buckets";
import { configOf, created, createdOne, inputs, planned } from "../../layers";

describe("the replication of backups on AWS (BK-04)", () => {
    it("copies backups to the disaster-recovery region within 15 minutes (BK-04, CL-18)", async () => {
        const config = configOf("aws", "prod");
        const all = await created(
            () => {
                const drProvider = new OtherRegion(config.drRegion);
                createStorage("storage", { config, drProvider });
            },
            { "aws:kms/key:Key": { arn: "arn:key" }, "aws:iam/role:Role": { arn: "arn:role", name: "role" } },
        );
        const own = createdOne(all, s3("BucketReplicationConfig"), "storage-buckets-replication");
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
        const { role, policy } = createdOne(all, "aws:iam/rolePolicy:RolePolicy", "storage-buckets-replication");
        assert.equal(role, "role");
        const from = "arn:aws:s3:::shop-backup-prod-123456789012-us-east-1";
        const through = (region: string) => ({ StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } });
        // Each permission is for one of the two buckets or one of the two keys (D10).
        assert.deepEqual(statements(policy), [
            { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: from },
            {
                Effect: "Allow",
                Action: [
                    "s3:GetObjectLegalHold",
                    "s3:GetObjectRetention",
                    "s3:GetObjectVersionAcl",
                    "s3:GetObjectVersionForReplication",
                    "s3:GetObjectVersionTagging",
                ],
                Resource: `${from}/*`,
            },
            {
                Effect: "Allow",
                Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
                Resource: "arn:aws:s3:::shop-backup-prod-123456789012-us-west-2/*",
            },
            { Effect: "Allow", Action: "kms:Decrypt", Resource: "arn:key", Condition: through("us-east-1") },
            {
                Effect: "Allow",
                Action: ["kms:Encrypt", "kms:GenerateDataKey"],
                Resource: "arn:key",
                Condition: through("us-west-2"),
            },
        ]);
        const { assumeRolePolicy, path } = createdOne(all, "aws:iam/role:Role", "storage-buckets-replication");
        // As in Amazon's documentation: no condition on the source, which S3 is not documented to send.
        assert.deepEqual(statements(assumeRolePolicy), [
            { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sts:AssumeRole" },
        ]);
        assert.equal(path, "/ecommerce/prod/");
    });

    it("is created, its key included, with the other region's provider (CL-18)", async () => {
        const resources = await prodOnAws();
        const replicated = resources
            .filter(({ provider }) => provider?.endsWith("::dr") === true)
            .map(({ name }) => name);
        assert.equal(replicated.length, 2 * 8 - 1 + 2);
        assert.ok(
            replicated.every((name) => name.startsWith("storage-buckets-copy")),
            replicated.join(", "),
        );
        const { policy } = inputs(resources, "aws:kms/key:Key", "storage-buckets-copy-key");
        const [account, through, ...others] = rows(policy);
        assert.deepEqual(account, ["AccountDecides: Allow AWS arn:aws:iam::123456789012:root", "kms:*", "*"]);
        const [who, , on, ...conditions] = through ?? [];
        assert.deepEqual([who, on], ["ThroughTheService: Allow AWS *", "*"]);
        assert.deepEqual(conditions, [
            "StringEquals kms:CallerAccount 123456789012",
            "StringEquals kms:ViaService s3.us-west-2.amazonaws.com",
        ]);
        assert.deepEqual(others, []);
    });
});

describe("the storage of a replica (CL-18)", () => {
    const recovery = { role: "replica", replicaOf: "main" } as const;

    for (const [cloud, url] of [
        ["gcp", "gs://shop-project-main-backup"],
        ["aws", "s3://shop-backup-main-123456789012-us-west-2"],
    ] as const) {
        it(`uses the primary's backups on ${cloud} and creates no bucket`, async () => {
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

    it("has storage classes only on an existing cluster", async () => {
        let storage: Storage | undefined;
        const resources = await planned(() => {
            storage = createStorage("storage", { config: configOf("existing", "prod") });
        });
        assert.deepEqual([storage?.backups, storage?.logs, storage?.snapshots], [undefined, undefined, undefined]);
        assert.equal(resources.length, 4);
    });
});
