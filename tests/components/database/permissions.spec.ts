import assert from "node:assert/strict";

import { inputOf } from "../deployed";
import { deployment, inLayer } from "../deployment";
import { replica } from "./objects";

describe("the permissions of the instances", () => {
    it("are the bucket's objects on Google Cloud, for one service account (SC-07)", async () => {
        const own = inLayer(await deployment("gcp", "prod"), "database");
        const grant = (key: string) =>
            inputOf(own, "gcp:storage/bucketIAMMember:BucketIAMMember", `database-postgres-${key}`);
        const member = "serviceAccount:database-postgres@shop";
        const bucket = "shop-project-prod-backup";
        assert.deepEqual(grant("objects"), { bucket, role: "roles/storage.objectUser", member });
        assert.deepEqual(grant("bucket"), { bucket, role: "roles/storage.legacyBucketReader", member });
        const user = inputOf(own, "gcp:serviceaccount/iAMMember:IAMMember", "database-postgres-user");
        assert.equal(user["member"], "serviceAccount:shop-project.svc.id.goog[data/postgres]");
    });

    it("are the bucket's objects and its key on AWS", async () => {
        const own = inLayer(await deployment("aws", "staging"), "database");
        const arn = "arn:aws:s3:::shop-backup-staging-123456789012-us-east-1";
        assert.deepEqual(inputOf(own, "aws:iam/rolePolicy:RolePolicy", "database-postgres")["policy"], {
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: [arn] },
                {
                    Effect: "Allow",
                    Action: [
                        "s3:GetObject",
                        "s3:AbortMultipartUpload",
                        "s3:DeleteObject",
                        "s3:ListMultipartUploadParts",
                        "s3:PutObject",
                    ],
                    Resource: [`${arn}/*`],
                },
                {
                    Effect: "Allow",
                    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                    Resource: ["arn:storage-buckets-vault-key"],
                    Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
                },
            ],
        });
    });

    it("are reading only in a replica, whose key lets every reader of the bucket use it (BK-04)", async () => {
        const own = inLayer(await replica(), "database");
        const arn = "arn:aws:s3:::shop-backup-prod-123456789012-us-west-2";
        assert.deepEqual(inputOf(own, "aws:iam/rolePolicy:RolePolicy", "database-postgres")["policy"], {
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: [arn] },
                { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${arn}/*`] },
            ],
        });
    });
});
