import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { accountDecides, rotatedKey } from "../../common/aws/keys";
import { AwsBucket, type AwsBucketArgs } from "../../common/aws/bucket";
import { days } from "../../common/object-lifecycle";
import { s3Name } from "../../common/bucket-names";
import type { ObjectStore, Storage } from "../../storage/types";

/** What an {@link AwsTrail} is made from. */
export interface AwsTrailArgs {
    readonly config: LayerConfig;
    readonly storage: Pick<Storage, "backups" | "recorder">;
}

const service = { Service: "cloudtrail.amazonaws.com" };

/** Lets CloudTrail encrypt with the key, for this trail only: it works for every account (D10). */
function trailEncrypts(account: string, trail: string): readonly object[] {
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

/** Lets CloudTrail deliver this trail's files, into the account's own folder: AWS' own policy, narrowed to the trail. */
const trailDelivers = (account: string, trail: string) => (arn: string) => {
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

/** To a cheaper class once the three months are over in which they are asked for most, and away at the end (SC-12). */
function ageing(retentionDays: number): NonNullable<AwsBucketArgs["ageing"]> {
    const colder = { transitions: [{ days: days.archived, storageClass: "GLACIER_IR" }] };
    // S3 refuses to move what is gone by then.
    return { ...(retentionDays > days.archived ? colder : {}), expiration: { days: retentionDays } };
}

/** Who did what in an account, in every region, in a bucket that only the trail writes to (SC-12). */
export class AwsTrail extends pulumi.ComponentResource {
    public readonly records: ObjectStore;

    constructor(name: string, args: AwsTrailArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:audit:AwsTrail", name, {}, opts);
        const { config, storage } = args;
        const { account, region, stack, cluster, audit } = config;
        const child = { parent: this };
        const trailName = `ecommerce-${stack}`;
        const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/${trailName}`;
        const key = rotatedKey(
            `${name}-key`,
            {
                description: "Audit records",
                statements: [accountDecides(account), ...trailEncrypts(account, trailArn)],
            },
            // Where the records must not go, their key must not either (D7).
            { ...child, protect: cluster.deletionProtection },
        );
        const bucket = new AwsBucket(
            `${name}-records`,
            {
                config,
                bucketName: s3Name(account, region, stack, "audit"),
                key: key.arn,
                // CloudTrail says with each file whose it is, and the key's policy asks for that.
                bucketKey: false,
                ageing: ageing(audit.retentionDays),
                lockable: true,
                // Whoever breaks in cannot wipe the traces, for as long as they are kept; only where the stack is meant to stay.
                ...(cluster.deletionProtection ? { lockDays: audit.retentionDays } : {}),
                // Who read the records themselves (D1).
                ...(storage.recorder === undefined ? {} : { recorder: storage.recorder }),
                statements: trailDelivers(account, trailArn),
            },
            child,
        );
        const trail = new cloudtrail.Trail(
            name,
            {
                // Fixed: the policies of bucket and key name the trail before there is one.
                name: trailName,
                s3BucketName: bucket.bucketName,
                kmsKeyId: key.arn,
                // An intruder works where nobody looks: in a region that is not used, and in IAM, which is in none.
                isMultiRegionTrail: true,
                includeGlobalServiceEvents: true,
                // A digest of every file, signed, each with that of the one before: a file that was changed or lost shows.
                enableLogFileValidation: true,
                eventSelectors: [
                    {
                        readWriteType: "All",
                        includeManagementEvents: true,
                        dataResources: objects(storage),
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

/** Every read, write and deletion of a backup: a dozen lines a minute, where all buckets together would be thousands. */
function objects({ backups }: AwsTrailArgs["storage"]) {
    return backups === undefined
        ? []
        : [{ type: "AWS::S3::Object", values: [pulumi.interpolate`arn:aws:s3:::${backups.name}/`] }];
}
