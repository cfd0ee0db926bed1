import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { AwsBucket, type AwsBucketArgs } from "../../common/aws/bucket";
import { AwsKey } from "../../common/aws/storage-key";
import { days } from "../../common/object-lifecycle";
import { s3Name } from "../../common/bucket-names";
import { AwsReplication, type ReplicationEnd } from "./replication";
import type { ObjectStore } from "../types";

/** What {@link AwsBuckets} are made from. */
export interface AwsBucketsArgs {
    readonly config: LayerConfig;
    /** Makes what lies in the other region; without one there is no copy. */
    readonly drProvider: pulumi.ProviderResource | undefined;
}

/** What an {@link AwsVault} is made from. */
export interface AwsVaultArgs {
    readonly config: LayerConfig;
    /** Region of the options' provider. */
    readonly region: string;
    /** Whether whoever may read the bucket may use its key; else each reader's policy names the key. */
    readonly openKey: boolean;
}

/**
 * To cheaper classes as objects age (ST-07, ST-08). S3 refuses STANDARD_IA before the thirtieth day; GLACIER_IR is read
 * as fast, costs less and may come at once. It is paid for ninety days: a backup deleted earlier saves nothing.
 */
const ageing: NonNullable<AwsBucketArgs["ageing"]> = {
    transitions: [
        { days: days.seldomRead, storageClass: "GLACIER_IR" },
        { days: days.archived, storageClass: "DEEP_ARCHIVE" },
    ],
};

/** Lets S3 itself write the record of who read this account's buckets, and nobody else. */
const recording = (account: string) => (arn: string) => [
    {
        Sid: "S3WritesAccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/*`,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
];

/** The bucket of backups in one region, with its key and the record of who read it (D1, D2). */
export class AwsVault extends pulumi.ComponentResource {
    public readonly backups: AwsBucket;
    /** Bucket for the record; resolves when it can be written to. */
    public readonly recorder: pulumi.Output<string>;
    public readonly key: pulumi.Output<string>;

    constructor(name: string, args: AwsVaultArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsVault", name, {}, opts);
        const { config, region } = args;
        const child = { parent: this };
        const through = args.openKey ? { through: `s3.${region}` } : {};
        this.key = new AwsKey(`${name}-key`, { config, description: "Backups", ...through }, child).arn;
        const recorder = new AwsBucket(
            `${name}-access`,
            {
                config,
                bucketName: s3Name(config.account, region, config.stack, "access"),
                // Without a key of ours and without a lock: S3 delivers no access log to a bucket that has either.
                lockable: false,
                ageing: { expiration: { days: days.logs } },
                statements: recording(config.account),
            },
            child,
        );
        this.recorder = recorder.bucketName;
        this.backups = new AwsBucket(
            `${name}-backup`,
            {
                config,
                bucketName: s3Name(config.account, region, config.stack, "backup"),
                key: this.key,
                lockable: true,
                ageing,
                recorder: this.recorder,
                // A locked bucket outlives its stack by a month: only where it is meant to stay.
                ...(config.cluster.deletionProtection ? { lockDays: days.callBack } : {}),
            },
            child,
        );
        this.registerOutputs({ key: this.key, recorder: this.recorder, backups: this.backups.bucketName });
    }
}

/** The buckets of a stack: backups in one region or two, archived logs, and who read them. */
export class AwsBuckets extends pulumi.ComponentResource {
    public readonly backups: ObjectStore;
    public readonly logs: ObjectStore;
    /** Bucket for the record of who read the stack's buckets in its own region; resolves when it can be written to. */
    public readonly recorder: pulumi.Output<string>;

    constructor(name: string, args: AwsBucketsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsBuckets", name, {}, opts);
        const { config, drProvider } = args;
        const child = { parent: this };
        const vault = new AwsVault(`${name}-vault`, { config, region: config.region, openKey: false }, child);
        const key = new AwsKey(`${name}-logs-key`, { config, description: "Archived logs" }, child).arn;
        const logs = new AwsBucket(
            `${name}-logs`,
            {
                config,
                bucketName: s3Name(config.account, config.region, config.stack, "logs"),
                key,
                lockable: false,
                ageing: { ...ageing, expiration: { days: days.logs } },
                recorder: vault.recorder,
            },
            child,
        );
        if (drProvider !== undefined) {
            const copy = new AwsVault(
                `${name}-copy`,
                // A replica's stack reads these and cannot know the key: the bucket's own policy decides there.
                { config, region: config.drRegion, openKey: true },
                { ...child, provider: drProvider },
            );
            const ends = { source: end(vault), target: end(copy) };
            new AwsReplication(`${name}-replication`, { config, ...ends }, child);
        }
        this.backups = store(vault.backups, vault.key);
        this.logs = store(logs, key);
        this.recorder = vault.recorder;
        this.registerOutputs({ backups: this.backups.url, logs: this.logs.url, recorder: this.recorder });
    }
}

function end({ backups: { bucketName, arn }, key }: AwsVault): ReplicationEnd {
    return { bucketName, arn, key };
}

function store(bucket: AwsBucket, key: pulumi.Output<string>): ObjectStore {
    return { name: bucket.bucketName, url: pulumi.interpolate`s3://${bucket.bucketName}`, key };
}
