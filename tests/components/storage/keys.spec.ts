import assert from "node:assert/strict";

import { createStorage } from "../../../components/storage";
import { type Row, rows } from "../../stacks/account/tables";
import { configOf, created, createdOne, inputs, planned } from "../layers";

describe("the keys of storage", () => {
    it("are rotated every 90 days and protected on GCP (D7)", async () => {
        const resources = await planned(() => createStorage("storage", { config: configOf("gcp", "prod") }));
        const keys = resources.filter(({ type }) => type === "gcp:kms/cryptoKey:CryptoKey");
        assert.deepEqual(keys.map(({ name }) => name).sort(), [
            "storage-buckets-backup",
            "storage-buckets-logs",
            "storage-volumes",
        ]);
        for (const { inputs: own, options } of keys) {
            assert.equal(own["rotationPeriod"], "7776000s");
            assert.equal(own["destroyScheduledDuration"], "2592000s");
            assert.equal(options.protect, true);
        }
    });

    it("outlive every stack as far as volumes do, and with all buckets where they are to (D7)", async () => {
        const all = ["storage-buckets-backup", "storage-buckets-logs", "storage-volumes"];
        const keep = { data: { keepOnDestroy: true } };
        for (const [tier, own, kept] of [
            ["dev", {}, ["storage-volumes"]],
            ["staging", keep, all],
            ["prod", {}, all],
        ] as const) {
            const resources = await planned(() => createStorage("storage", { config: configOf("gcp", tier, own) }));
            const keys = resources.filter(({ type, options }) => /CryptoKey$/.test(type) && options.retainOnDelete);
            assert.deepEqual(keys.map(({ name }) => name).sort(), kept, tier);
        }
    });

    it("have one user each on GCP, the service agent (SC-06)", async () => {
        const all = await created(() => createStorage("storage", { config: configOf("gcp", "prod") }), {
            "gcp:projects/serviceIdentity:ServiceIdentity": {
                email: "service-42@container-engine-robot.iam.gserviceaccount.com",
            },
        });
        const type = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
        const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
        const agent = (domain: string) => `serviceAccount:service-42@${domain}.iam.gserviceaccount.com`;
        assert.deepEqual(createdOne(all, type, "storage-volumes"), {
            cryptoKeyId: "storage-volumes-id",
            role,
            member: agent("compute-system"),
        });
        for (const name of ["storage-buckets-backup", "storage-buckets-logs"]) {
            const member = agent("gs-project-accounts");
            assert.deepEqual(createdOne(all, type, name), { cryptoKeyId: `${name}-id`, role, member });
        }
        assert.equal(all.filter((entry) => entry.type === type).length, 3);
    });

    it("are rotated every 90 days and protected on AWS (D7)", async () => {
        const resources = await planned(() => createStorage("storage", { config: configOf("aws", "prod") }));
        const keys = resources.filter(({ type }) => type === "aws:kms/key:Key");
        assert.deepEqual(keys.map(({ name }) => name).sort(), [
            "storage-buckets-logs-key",
            "storage-buckets-vault-key",
            "storage-volumes",
        ]);
        for (const { inputs: own, options } of keys) {
            assert.equal(own["enableKeyRotation"], true);
            assert.equal(own["rotationPeriodInDays"], 90);
            assert.equal(own["deletionWindowInDays"], 30);
            assert.equal(options.protect, true);
        }
    });

    it("may be administered by the account's IAM policies, and used for volumes through EC2 only (D10)", async () => {
        const resources = await planned(() => createStorage("storage", { config: configOf("aws", "dev") }));
        const policyOf = (name: string) => rows(inputs(resources, "aws:kms/key:Key", name)["policy"]);
        const account: Row = ["AccountDecides: Allow AWS arn:aws:iam::123456789012:root", "kms:*", "*"];
        assert.deepEqual(policyOf("storage-volumes"), [
            account,
            [
                "ThroughTheService: Allow AWS *",
                [
                    "kms:CreateGrant",
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo",
                ],
                "*",
                "StringEquals kms:CallerAccount 123456789012",
                "StringEquals kms:ViaService ec2.us-east-1.amazonaws.com",
            ],
        ]);
        assert.deepEqual(policyOf("storage-buckets-vault-key"), [account]);
        assert.deepEqual(policyOf("storage-buckets-logs-key"), [account]);
    });
});
