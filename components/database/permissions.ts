import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../config/core";
import type { ObjectStore } from "../storage/types";
import type { Permissions } from "../identity/types";

/**
 * Permissions of the instances for the bucket of backups: a primary writes it and deletes what is older than the recovery
 * window, a replica reads its primary's (BK-01, BK-03, BK-04). Encryption is the bucket's default, with its own key: a key
 * in the request would be a second place to keep.
 */
export function backupPermissions(
    { name, key }: ObjectStore,
    use: "read" | "write",
    { region }: Pick<CoreConfig, "region">,
): Permissions {
    const on = { kind: "bucket", bucket: name } as const;
    const arn = pulumi.interpolate`arn:aws:s3:::${name}`;
    const write = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"];
    const decrypt = ["kms:Decrypt", ...(use === "write" ? ["kms:GenerateDataKey"] : [])];
    return {
        google: [
            { key: "objects", role: use === "write" ? "roles/storage.objectUser" : "roles/storage.objectViewer", on },
            // Barman checks that the bucket exists before it reads or writes.
            { key: "bucket", role: "roles/storage.legacyBucketReader", on },
        ],
        amazon: [
            { actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: [arn] },
            {
                actions: ["s3:GetObject", ...(use === "write" ? write : [])],
                resources: [pulumi.interpolate`${arn}/*`],
            },
            ...(key === undefined
                ? []
                : [
                      {
                          actions: decrypt,
                          resources: [key],
                          // For objects only: the key cannot be used directly.
                          condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
                      },
                  ]),
        ],
    };
}
