import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { AwsBucket, type AwsBucketArgs } from "../../common/aws/bucket";
import { AwsKey } from "../../common/aws/storage-key";
import { agedFolders, days } from "../../common/object-lifecycle";
import { s3Name } from "../../common/bucket-names";
import { AwsReplication, type ReplicationEnd } from "./replication";
import type { ObjectStore } from "../types";

/** Arguments of {@link AwsBuckets}. */
export interface AwsBucketsArgs {
    readonly config: LayerConfig;
    /** Provider of the disaster-recovery region; undefined: no copy. */
    readonly drProvider: pulumi.ProviderResource | undefined;
}

/** Arguments of {@link AwsVault}. */
export interface AwsVaultArgs {
    readonly config: LayerConfig;
    /** Region of the options' provider. */
    readonly region: string;
    /** Whether principals with access to the bucket may use its key; otherwise each reader's IAM policy has to name the key. */
    readonly readersMayUseKey: boolean;
}

/**
 * Transitions to classes with lower storage costs (ST-07, ST-08). S3 allows STANDARD_IA from day 30 only; GLACIER_IR has the
 * same latency, costs less and has no such limit. It is billed for at least 90 days: deleting or moving a backup earlier
 * saves nothing.
 */
const lifecycle: NonNullable<AwsBucketArgs["lifecycle"]> = {
    transitions: [
        { days: days.infrequentAccess, storageClass: "GLACIER_IR" },
        { days: days.infrequentAccess + days.glacierMinimum, storageClass: "DEEP_ARCHIVE" },
    ],
};

/** Allows only S3's logging service to write access logs, of this account's buckets. */
const allowAccessLogDelivery = (account: string) => (arn: string) => [
    {
        Sid: "S3WritesAccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/*`,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
];

/** The bucket of backups in one region, with its key and the bucket of its access logs (D1, D2). */
export class AwsVault extends pulumi.ComponentResource {
    public readonly backups: AwsBucket;
    /** Bucket of access logs; resolves when S3 can write to it. */
    public readonly accessLogBucket: pulumi.Output<string>;
    public readonly key: pulumi.Output<string>;

    constructor(name: string, args: AwsVaultArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsVault", name, {}, opts);
        const { config, region } = args;
        const child = { parent: this };
        const viaService = args.readersMayUseKey ? { viaService: `s3.${region}` } : {};
        const { keepOnDestroy: keep } = config.data;
        this.key = new AwsKey(`${name}-key`, { config, description: "Backups", keep, ...viaService }, child).arn;
        const accessLogs = new AwsBucket(
            `${name}-access`,
            {
                config,
                bucketName: s3Name(config.account, region, config.stack, "access"),
                // No KMS key and no Object Lock: S3 does not deliver access logs to buckets with either.
                objectLock: false,
                lifecycle: { expiration: { days: days.logs } },
                statements: allowAccessLogDelivery(config.account),
            },
            child,
        );
        this.accessLogBucket = accessLogs.bucketName;
        this.backups = new AwsBucket(
            `${name}-backup`,
            {
                config,
                bucketName: s3Name(config.account, region, config.stack, "backup"),
                key: this.key,
                objectLock: true,
                lifecycle,
                agedFolders,
                accessLogBucket: this.accessLogBucket,
                // Locked versions prevent the bucket's deletion for 30 days: only where it outlives the stack.
                ...(keep ? { lockDays: days.deleted } : {}),
            },
            child,
        );
        this.registerOutputs({
            key: this.key,
            accessLogBucket: this.accessLogBucket,
            backups: this.backups.bucketName,
        });
    }
}

/** The buckets of a stack: backups in one or two regions, archived logs, and access logs. */
export class AwsBuckets extends pulumi.ComponentResource {
    public readonly backups: ObjectStore;
    public readonly logs: ObjectStore;
    /** Bucket of access logs in the stack's region; resolves when S3 can write to it. */
    public readonly accessLogBucket: pulumi.Output<string>;

    constructor(name: string, args: AwsBucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsBuckets", name, {}, opts);
        const { config, drProvider } = args;
        const child = { parent: this };
        const vault = new AwsVault(`${name}-vault`, { config, region: config.region, readersMayUseKey: false }, child);
        const { keepOnDestroy: keep } = config.data;
        const key = new AwsKey(`${name}-logs-key`, { config, description: "Archived logs", keep }, child).arn;
        const logs = new AwsBucket(
            `${name}-logs`,
            {
                config,
                bucketName: s3Name(config.account, config.region, config.stack, "logs"),
                key,
                objectLock: false,
                lifecycle: { ...lifecycle, expiration: { days: days.logs } },
                accessLogBucket: vault.accessLogBucket,
            },
            child,
        );
        if (drProvider !== undefined) {
            const copy = new AwsVault(
                `${name}-copy`,
                // A replica's stack reads the copy and does not know the key's ARN: access to the bucket includes use of the key.
                { config, region: config.drRegion, readersMayUseKey: true },
                { ...child, provider: drProvider },
            );
            const ends = { source: replicationEnd(vault), target: replicationEnd(copy) };
            new AwsReplication(`${name}-replication`, { config, ...ends }, child);
        }
        this.backups = objectStore(vault.backups, vault.key);
        this.logs = objectStore(logs, key);
        this.accessLogBucket = vault.accessLogBucket;
        this.registerOutputs({ backups: this.backups.url, logs: this.logs.url, accessLogBucket: this.accessLogBucket });
    }
}

function replicationEnd({ backups: { bucketName, arn }, key }: AwsVault): ReplicationEnd {
    return { bucketName, arn, key };
}

function objectStore(bucket: AwsBucket, key: pulumi.Output<string>): ObjectStore {
    return { name: bucket.bucketName, url: pulumi.interpolate`s3://${bucket.bucketName}`, key };
}
