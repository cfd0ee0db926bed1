import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { folderPermissions } from "../../../components/identity/folder";

/** Permissions with outputs resolved. */
function resolved(use: "read" | "write", key?: string): Promise<unknown> {
    const bucket = {
        name: pulumi.output("backups"),
        url: pulumi.output("gs://backups"),
        key: key === undefined ? undefined : pulumi.output(key),
    };
    return new Promise((done) => {
        pulumi.output(folderPermissions(bucket, "store", use, { region: "us-east-1" })).apply(done);
    });
}

describe("permissions for one folder of the bucket (SC-07, BK-06)", () => {
    const condition = 'resource.name.startsWith("projects/_/buckets/backups/objects/store/")';
    const reader = {
        key: "bucket",
        role: "roles/storage.legacyBucketReader",
        on: { kind: "bucket", bucket: "backups" },
    };
    const objects = (role: string) => ({
        key: "objects",
        role,
        on: { kind: "bucket", bucket: "backups", condition },
    });
    const list = {
        actions: ["s3:ListBucket"],
        resources: ["arn:aws:s3:::backups"],
        condition: { StringLike: { "s3:prefix": ["store/*"] } },
    };

    it("write and delete there, and list there", async () => {
        assert.deepEqual(await resolved("write", "arn:key"), {
            google: [objects("roles/storage.objectUser"), reader],
            amazon: [
                list,
                {
                    actions: ["s3:GetObject", "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
                    resources: ["arn:aws:s3:::backups/store/*"],
                },
                {
                    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                    resources: ["arn:key"],
                    condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
                },
            ],
        });
    });

    it("read there only, for a restore", async () => {
        assert.deepEqual(await resolved("read"), {
            google: [objects("roles/storage.objectViewer"), reader],
            amazon: [list, { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::backups/store/*"] }],
        });
    });
});
