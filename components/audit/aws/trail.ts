import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { enableIamPolicies, rotatedKey } from "../../common/aws/keys";
import { AwsBucket, type AwsBucketArgs } from "../../common/aws/bucket";
import { days } from "../../common/object-lifecycle";
import { s3Name } from "../../common/bucket-names";
import { kept } from "../../common/protection";
import type { ObjectStore, Storage } from "../../storage/types";

/** Arguments of {@link AwsTrail}. */
export interface AwsTrailArgs {
    readonly config: LayerConfig;
    readonly storage: Pick<Storage, "backups" | "accessLogBucket">;
}

const service = { Service: "cloudtrail.amazonaws.com" };

/** Allows CloudTrail to encrypt with the key, for this trail only: the service principal is shared by all accounts (D10). */
function allowTrailEncryption(account: string, trail: string): readonly object[] {
    const sourceArn = { "aws:SourceArn": trail };
    return [
        {
            Sid: "TrailEncrypts",
            Effect: "Allow",
            Principal: service,
            Action: "kms:GenerateDataKey*",
            Resource: "*",
            Condition: {
                StringEquals: sourceArn,
                StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${account}:trail/*` },
            },
        },
        {
            Sid: "TrailLooksAtKey",
            Effect: "Allow",
            Principal: service,
            Action: "kms:DescribeKey",
            Resource: "*",
            Condition: { StringEquals: sourceArn },
        },
    ];
}

/** Allows CloudTrail to deliver this trail's files to the account's prefix: AWS' documented policy, restricted to the trail. */
const allowTrailDelivery = (account: string, trail: string) => (arn: string) => {
    const sourceArn = { "aws:SourceArn": trail };
    return [
        {
            Sid: "TrailLooksAtBucket",
            Effect: "Allow",
            Principal: service,
            Action: "s3:GetBucketAcl",
            Resource: arn,
            Condition: { StringEquals: sourceArn },
        },
        {
            Sid: "TrailDelivers",
            Effect: "Allow",
            Principal: service,
            Action: "s3:PutObject",
            Resource: `${arn}/AWSLogs/${account}/*`,
            Condition: { StringEquals: { ...sourceArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
    ];
};

/**
 * Moves records to a class with lower storage costs after three months, if they stay in it as long as it is billed, and
 * deletes them after their retention (SC-12).
 */
function lifecycle(retentionDays: number): NonNullable<AwsBucketArgs["lifecycle"]> {
    const archive = { transitions: [{ days: days.archived, storageClass: "GLACIER_IR" }] };
    return {
        ...(retentionDays >= days.archived + days.glacierMinimum ? archive : {}),
        expiration: { days: retentionDays },
    };
}

/** The audit records of an account, of all regions, in a bucket that only the trail writes to (SC-12). */
export class AwsTrail extends pulumi.ComponentResource {
    public readonly records: ObjectStore;

    constructor(name: string, args: AwsTrailArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:AwsTrail", name, {}, opts);
        const { config, storage } = args;
        const { account, region, stack, cluster, audit, data } = config;
        const child = { parent: this };
        const trailName = `ecommerce-${stack}`;
        const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/${trailName}`;
        const key = rotatedKey(
            `${name}-key`,
            {
                description: "Audit records",
                statements: [enableIamPolicies(account), ...allowTrailEncryption(account, trailArn)],
            },
            // Deletion protection of the records includes their key (D7).
            { ...child, protect: cluster.deletionProtection, ...kept(data.keepOnDestroy) },
        );
        const bucket = new AwsBucket(
            `${name}-records`,
            {
                config,
                bucketName: s3Name(account, region, stack, "audit"),
                key: key.arn,
                // The key's policy checks CloudTrail's encryption context, which an S3 bucket key would replace.
                bucketKey: false,
                lifecycle: lifecycle(audit.retentionDays),
                objectLock: true,
                // Records cannot be deleted before their retention ends; only where they outlive the stack.
                ...(data.keepOnDestroy ? { lockDays: audit.retentionDays } : {}),
                // Records reads of the audit records (D1).
                ...(storage.accessLogBucket === undefined ? {} : { accessLogBucket: storage.accessLogBucket }),
                statements: allowTrailDelivery(account, trailArn),
            },
            child,
        );
        const trail = new cloudtrail.Trail(
            name,
            {
                // Fixed: the policies of bucket and key contain the trail's ARN before it exists.
                name: trailName,
                s3BucketName: bucket.bucketName,
                kmsKeyId: key.arn,
                // Unused regions and IAM, a global service, are recorded too.
                isMultiRegionTrail: true,
                includeGlobalServiceEvents: true,
                // Signed digests of all files, each with the hash of the one before: changed and deleted files are detected.
                enableLogFileValidation: true,
                eventSelectors: [
                    {
                        readWriteType: "All",
                        includeManagementEvents: true,
                        dataResources: backupEvents(storage),
                    },
                ],
            },
            child,
        );
        const { bucketName } = bucket;
        this.records = {
            name: bucketName,
            url: after(pulumi.interpolate`s3://${bucketName}`, [trail]),
            key: key.arn,
        };
        this.registerOutputs({ records: this.records.url });
    }
}

/** Data events of backups only: about a dozen per minute; those of all buckets would be thousands. */
function backupEvents({ backups }: AwsTrailArgs["storage"]) {
    return backups === undefined
        ? []
        : [{ type: "AWS::S3::Object", values: [pulumi.interpolate`arn:aws:s3:::${backups.name}/`] }];
}
