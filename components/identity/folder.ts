import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../config/core";
import type { Permissions } from "./types";
import type { ObjectStore } from "../common/object-store";

/**
 * Permissions of a job for its own folder of the bucket of backups, and no other (BK-06): a job that was broken into must not
 * delete the database's backups. Names of objects are listed for the whole bucket: on Google Cloud, listing is a permission of
 * the bucket. https://docs.cloud.google.com/storage/docs/access-control/iam#conditions
 */
export function folderPermissions(
    { name, key }: ObjectStore,
    folder: string,
    use: "read" | "write",
    { region }: Pick<CoreConfig, "region">,
): Permissions {
    const write = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"];
    const decrypt = ["kms:Decrypt", ...(use === "write" ? ["kms:GenerateDataKey"] : [])];
    const objects = pulumi.interpolate`projects/_/buckets/${name}/objects/${folder}/`;
    const arn = pulumi.interpolate`arn:aws:s3:::${name}`;
    return {
        google: [
            {
                key: "objects",
                role: use === "write" ? "roles/storage.objectUser" : "roles/storage.objectViewer",
                on: {
                    kind: "bucket",
                    bucket: name,
                    condition: pulumi.interpolate`resource.name.startsWith("${objects}")`,
                },
            },
            { key: "bucket", role: "roles/storage.legacyBucketReader", on: { kind: "bucket", bucket: name } },
        ],
        amazon: [
            {
                actions: ["s3:ListBucket"],
                resources: [arn],
                condition: { StringLike: { "s3:prefix": [`${folder}/*`] } },
            },
            {
                actions: ["s3:GetObject", ...(use === "write" ? write : [])],
                resources: [pulumi.interpolate`${arn}/${folder}/*`],
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
