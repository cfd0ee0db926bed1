import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "./layer-config";
import { platformName } from "../../config/labels";
import type { Permissions } from "../identity/types";

/** Name of the Cloud DNS zone of a domain: the domain with dashes. The zone is created outside of the platform. */
export function googleZone(domain: string): string {
    return domain.replaceAll(".", "-");
}

/** Prefix of a stack's secrets in the cloud's secret manager. */
export function secretPrefix(stack: string): string {
    return `${platformName}-${stack}-`;
}

/** Permissions to change records; the smallest predefined role may also delete the zone. */
const changeRecords = [
    "dns.changes.create",
    "dns.changes.get",
    "dns.changes.list",
    "dns.resourceRecordSets.create",
    "dns.resourceRecordSets.delete",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.list",
    "dns.resourceRecordSets.update",
];

/** Both controllers find the zone by its domain, which needs a project-wide permission. */
const findZones = {
    key: "find",
    role: ["dns.managedZones.list"],
    on: { kind: "project" },
} as const;

/** external-dns: records of the stack's domain and its subdomains, in one zone (SV-18). */
export function dnsRecords({ domain }: Pick<LayerConfig, "domain">): Permissions {
    return {
        google: [{ key: "records", role: changeRecords, on: { kind: "zone", zone: googleZone(domain) } }, findZones],
        amazon: [
            {
                actions: ["route53:ChangeResourceRecordSets"],
                resources: ["arn:aws:route53:::hostedzone/*"],
                // Restricted by record name, since the zone's id is unknown here: other zones have other names.
                condition: {
                    "ForAllValues:StringLike": {
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [domain, `*.${domain}`],
                    },
                },
            },
            {
                actions: ["route53:ListResourceRecordSets", "route53:ListTagsForResources"],
                resources: ["arn:aws:route53:::hostedzone/*"],
            },
            { actions: ["route53:ListHostedZones"], resources: ["*"] },
        ],
    };
}

/** cert-manager: the records of DNS-01 challenges. */
export function dnsChallenges({ domain }: Pick<LayerConfig, "domain">): Permissions {
    return {
        google: [{ key: "challenges", role: changeRecords, on: { kind: "zone", zone: googleZone(domain) } }, findZones],
        amazon: [
            {
                actions: ["route53:ChangeResourceRecordSets"],
                resources: ["arn:aws:route53:::hostedzone/*"],
                // Challenge records only: a compromised cert-manager cannot redirect the shop's traffic.
                condition: {
                    "ForAllValues:StringLike": {
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
                            `_acme-challenge.${domain}`,
                            `_acme-challenge.*.${domain}`,
                        ],
                    },
                    "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
                },
            },
            { actions: ["route53:ListResourceRecordSets"], resources: ["arn:aws:route53:::hostedzone/*"] },
            { actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
            { actions: ["route53:ListHostedZonesByName"], resources: ["*"] },
        ],
    };
}

/** external-secrets: reads the secrets with a name prefix; cannot list secrets (SC-04). */
export function secretsUnder(
    prefix: string,
    { account, region }: Pick<LayerConfig, "account" | "region">,
): Permissions {
    return {
        google: [
            {
                key: "secrets",
                role: "roles/secretmanager.secretAccessor",
                // The resource name contains the project's number, which is unknown here: compares the secret's name only.
                on: { kind: "project", condition: `resource.name.extract("/secrets/{name}").startsWith("${prefix}")` },
            },
        ],
        amazon: [
            {
                actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                resources: [`arn:aws:secretsmanager:${region}:${account}:secret:${prefix}*`],
            },
        ],
    };
}

/** A bucket of backups. */
export interface Bucket {
    readonly bucket: pulumi.Input<string>;
    /** ARN of the S3 bucket's KMS key. @default SSE-S3, which needs no permission */
    readonly keyArn?: pulumi.Input<string>;
}

/** Backups: reads, writes and deletes objects of one bucket, without permissions for the bucket itself. */
export function objectsOf({ bucket, keyArn }: Bucket): Permissions {
    const on = { kind: "bucket", bucket } as const;
    const arn = pulumi.interpolate`arn:aws:s3:::${bucket}`;
    return {
        google: [
            { key: "objects", role: "roles/storage.objectUser", on },
            // Clients check that the bucket exists before they write.
            { key: "bucket", role: "roles/storage.legacyBucketReader", on },
        ],
        amazon: [
            { actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], resources: [arn] },
            {
                actions: [
                    "s3:AbortMultipartUpload",
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:ListMultipartUploadParts",
                    "s3:PutObject",
                ],
                resources: [pulumi.interpolate`${arn}/*`],
            },
            ...(keyArn === undefined ? [] : [{ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] }]),
        ],
    };
}
