import assert from "node:assert/strict";

import { tierNames } from "../../../config/schema";
import { inputsOf } from "../deployed";
import { mongoDeployment, ownObjects } from "./stack";

describe("the permissions for backups of MongoDB (BK-06, SC-07)", () => {
    for (const tier of tierNames) {
        it(`are those of one folder, for the members and the operator of ${tier} on aws`, async () => {
            const own = ownObjects(await mongoDeployment("aws", tier));
            const bucket = `arn:aws:s3:::shop-backup-${tier}-123456789012-us-east-1`;
            const policies = inputsOf(own, "aws:iam/rolePolicy:RolePolicy");
            assert.deepEqual(Object.keys(policies), ["documents-members", "documents-operator"]);
            for (const { policy } of Object.values(policies)) {
                const { Statement } = policy as { Statement: unknown };
                assert.deepEqual(Statement, [
                    { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket] },
                    {
                        Effect: "Allow",
                        Action: [
                            "s3:AbortMultipartUpload",
                            "s3:DeleteObject",
                            "s3:GetObject",
                            "s3:ListMultipartUploadParts",
                            "s3:PutObject",
                        ],
                        Resource: [`${bucket}/mongodb/*`],
                    },
                    {
                        Effect: "Allow",
                        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                        Resource: ["arn:storage-buckets-vault-key"],
                        Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
                    },
                ]);
            }
            const accounts = Object.values(inputsOf(own, "aws:eks/podIdentityAssociation:PodIdentityAssociation"));
            assert.deepEqual(
                accounts.map(({ namespace, serviceAccount }) => [namespace, serviceAccount]),
                [
                    ["data", "documents"],
                    ["data", "psmdb-operator"],
                ],
            );
        });
    }

    it("are none on the other clouds", async () => {
        for (const cloud of ["gcp", "existing"] as const) {
            const types = ownObjects(await mongoDeployment(cloud, "prod")).map(({ type }) => type);
            assert.deepEqual(
                types.filter((type) => !type.startsWith("kubernetes:") && !type.startsWith("random:")),
                [],
                cloud,
            );
        }
    });
});
