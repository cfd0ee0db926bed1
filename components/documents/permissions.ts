import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../config/core";
import type { Permissions } from "../identity/types";
import type { ObjectStore } from "../storage/types";

/** Folder of the bucket of backups. */
export const backupFolder = "mongodb";

/**
 * Permissions of the members, which write backups, and of the operator, which deletes old ones. Names are listed for the whole
 * bucket: without that, S3 answers 403 in place of 404 for an object that does not exist, and the first backup fails
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html). Read: percona/percona-server-mongodb-operator at
 * v1.22.0, pkg/psmdb/backup/pbm.go, deleteBackupImpl.
 */
export function backupPermissions({ name, key }: ObjectStore, { region }: Pick<CoreConfig, "region">): Permissions {
    const arn = pulumi.interpolate`arn:aws:s3:::${name}`;
    return {
        // Backups on Google Cloud would need a key: there are none.
        google: [],
        amazon: [
            { actions: ["s3:ListBucket"], resources: [arn] },
            {
                actions: [
                    "s3:AbortMultipartUpload",
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:ListMultipartUploadParts",
                    "s3:PutObject",
                ],
                resources: [pulumi.interpolate`${arn}/${backupFolder}/*`],
            },
            ...(key === undefined
                ? []
                : [
                      {
                          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                          resources: [key],
                          // For objects only: the key cannot be used directly.
                          condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
                      },
                  ]),
        ],
    };
}
