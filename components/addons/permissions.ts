import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "./layer-config";
import { platformName } from "../../config/labels";
import type { Permissions } from "../identity/types";

/** Name of the Cloud DNS zone of a domain: the domain with dashes. The zone is made by whoever owns the domain. */
export function googleZone(domain: string): string {
    return domain.replaceAll(".", "-");
}

/** Start of the names of a stack's secrets in the cloud's secret manager. */
export function secretPrefix(stack: string): string {
    return `${platformName}-${stack}-`;
}

/** What it takes to change records, and no more: Google's own smallest role may delete the zone. */
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

/** Both controllers look for the zone by the name of the domain, which is a question to the project. */
const findZones = {
    key: "find",
    role: ["dns.managedZones.list"],
    on: { kind: "project" },
} as const;

/** external-dns: every record of the stack's domain and below it, in one zone (SV-18). */
export function dnsRecords({ domain }: Pick<LayerConfig, "domain">): Permissions {
    return {
        google: [{ key: "records", role: changeRecords, on: { kind: "zone", zone: googleZone(domain) } }, findZones],
        amazon: [
            {
                actions: ["route53:ChangeResourceRecordSets"],
                resources: ["arn:aws:route53:::hostedzone/*"],
                // By name, as the zone's id is nobody's to know: other zones' records have other names.
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

/** cert-manager: the records that prove to a certificate authority that the domain is ours (DNS-01). */
export function dnsChallenges({ domain }: Pick<LayerConfig, "domain">): Permissions {
    return {
        google: [{ key: "challenges", role: changeRecords, on: { kind: "zone", zone: googleZone(domain) } }, findZones],
        amazon: [
            {
                actions: ["route53:ChangeResourceRecordSets"],
                resources: ["arn:aws:route53:::hostedzone/*"],
                // The challenge's own records: whoever takes cert-manager over cannot send the shop's visitors elsewhere.
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

/** external-secrets: reads the secrets whose names begin as given, and lists none (SC-04). */
export function secretsUnder(
    prefix: string,
    { account, region }: Pick<LayerConfig, "account" | "region">,
): Permissions {
    return {
        google: [
            {
                key: "secrets",
                role: "roles/secretmanager.secretAccessor",
                // The resource's name holds the project's number, which is not known here: what follows it is compared.
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

/** A bucket that backups go to. */
export interface Bucket {
    readonly bucket: pulumi.Input<string>;
    /** ARN of the KMS key that an S3 bucket is encrypted with. @default S3's own key, which needs no permission */
    readonly keyArn?: pulumi.Input<string>;
}

/** Backups: reads, writes and prunes the objects of one bucket, and cannot touch the bucket itself. */
export function objectsOf({ bucket, keyArn }: Bucket): Permissions {
    const on = { kind: "bucket", bucket } as const;
    const arn = pulumi.interpolate`arn:aws:s3:::${bucket}`;
    return {
        google: [
            { key: "objects", role: "roles/storage.objectUser", on },
            // Clients ask whether the bucket is there before they write.
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
