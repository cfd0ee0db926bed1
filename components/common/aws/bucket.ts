import * as s3 from "@pulumi/aws/s3";
import type { input } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";

import { kept, type ProtectionConfig, type RetentionConfig } from "../protection";
import { after } from "../after";
import { days } from "../object-lifecycle";

type Rule = input.s3.BucketLifecycleConfigurationRule;

/** Arguments of {@link AwsBucket}. */
export interface AwsBucketArgs {
    readonly config: ProtectionConfig & RetentionConfig;
    readonly bucketName: string;
    /** ARN of the KMS key. @default SSE-S3, which a bucket of access logs requires */
    readonly key?: pulumi.Input<string>;
    /** Whether S3 uses a bucket key: one KMS call for many objects. Off for writers with their own encryption context. @default true */
    readonly bucketKey?: boolean;
    /** Transitions and expiration of objects. @default none */
    readonly lifecycle?: Pick<Rule, "transitions" | "expiration">;
    /** Folders that {@link lifecycle} is for. @default all objects */
    readonly agedFolders?: readonly string[];
    /** Whether Object Lock is enabled; changing it replaces the bucket. */
    readonly objectLock: boolean;
    /** Retention of object versions in days; needs {@link objectLock}. @default none */
    readonly lockDays?: number;
    /** Bucket of the same region that receives the access logs. @default none */
    readonly accessLogBucket?: pulumi.Input<string>;
    /** Further statements of the bucket's policy. */
    readonly statements?: (arn: string) => readonly object[];
}

/** Denies requests without TLS 1.2 or later, whatever else the policy allows (D2, SC-06). */
function denyInsecureTransport(arn: string): readonly object[] {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] };
    return [
        { Sid: "TlsOnly", ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } },
        { Sid: "ModernTlsOnly", ...deny, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ];
}

/** A private, versioned and encrypted bucket (D1, D2). */
export class AwsBucket extends pulumi.ComponentResource {
    /** Resolves when all settings below are applied: no object is written before encryption and versioning. */
    public readonly bucketName: pulumi.Output<string>;
    public readonly arn: string;

    constructor(name: string, args: AwsBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:AwsBucket", name, {}, opts);
        const { keepOnDestroy } = args.config.data;
        // The settings outlive the stack with their bucket: without the lock, encryption or policy it would be another bucket.
        const child = { parent: this, ...kept(keepOnDestroy) };
        this.arn = `arn:aws:s3:::${args.bucketName}`;
        const { deletionProtection } = args.config.cluster;
        const resource = new s3.Bucket(
            name,
            {
                bucket: args.bucketName,
                // Not by tier: a change replaces the bucket, whose name is still taken then.
                objectLockEnabled: args.objectLock,
                // A stack whose cluster may be deleted may lose its objects too, unless they outlive it.
                forceDestroy: !deletionProtection && !keepOnDestroy,
            },
            // Deletes the key after the bucket, and not at all if S3 does not delete the bucket.
            { ...child, protect: deletionProtection, dependsOn: pulumi.output(args.key).apply(() => []) },
        );
        const bucket = resource.id;
        const settings = [
            new s3.BucketOwnershipControls(
                `${name}-ownership`,
                // ACLs are disabled: access follows from policies alone.
                { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
                child,
            ),
            new s3.BucketPublicAccessBlock(
                `${name}-private`,
                // All four: ACLs and policies, existing and new (D2).
                {
                    bucket,
                    blockPublicAcls: true,
                    blockPublicPolicy: true,
                    ignorePublicAcls: true,
                    restrictPublicBuckets: true,
                },
                child,
            ),
            new s3.BucketServerSideEncryptionConfiguration(
                `${name}-encryption`,
                { bucket, rules: [encryption(args.key, args.bucketKey ?? true)] },
                child,
            ),
        ];
        const versioning = new s3.BucketVersioning(
            `${name}-versioning`,
            { bucket, versioningConfiguration: { status: "Enabled" } },
            child,
        );
        const lifecycle = new s3.BucketLifecycleConfiguration(
            `${name}-lifecycle`,
            { bucket, rules: lifecycleRules(args) },
            // Rules for noncurrent versions require versioning.
            { ...child, dependsOn: [versioning] },
        );
        const policy = new s3.BucketPolicy(
            `${name}-policy`,
            {
                bucket,
                // Computed from the name, not from the bucket's output: a preview and the policy pack see the whole document.
                policy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [...denyInsecureTransport(this.arn), ...(args.statements?.(this.arn) ?? [])],
                }),
            },
            // S3 rejects concurrent changes of a bucket's permissions.
            { ...child, dependsOn: settings },
        );
        const lock = optional(args.lockDays, (lockDays) => {
            const defaultRetention = { mode: "GOVERNANCE", days: lockDays };
            return new s3.BucketObjectLockConfiguration(
                `${name}-lock`,
                // Deleting a locked version needs s3:BypassGovernanceRetention, which only the break-glass role has (D1).
                { bucket, rule: { defaultRetention } },
                { ...child, dependsOn: [versioning] },
            );
        });
        const logging = optional(
            args.accessLogBucket,
            (targetBucket) =>
                new s3.BucketLogging(
                    `${name}-logging`,
                    // Records reads and deletions of objects (D1).
                    { bucket, targetBucket, targetPrefix: `${args.bucketName}/` },
                    child,
                ),
        );
        this.bucketName = after(resource.bucket, [...settings, versioning, lifecycle, policy, ...lock, ...logging]);
        this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
    }
}

function optional<T, R>(value: T | undefined, create: (value: T) => R): R[] {
    return value === undefined ? [] : [create(value)];
}

function encryption(key: pulumi.Input<string> | undefined, bucketKeyEnabled: boolean) {
    if (key === undefined) {
        return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    }
    return {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
        // One KMS call for many objects: the same protection at about 1 % of the cost.
        bucketKeyEnabled,
    };
}

/** The lifecycle rules of a bucket: its own, and the deletion of noncurrent versions and incomplete uploads. */
function lifecycleRules({
    lifecycle: own = {},
    agedFolders,
}: Pick<AwsBucketArgs, "lifecycle" | "agedFolders">): Rule[] {
    const everything = { filter: { prefix: "" }, status: "Enabled" };
    // A rule has one prefix, and cannot exclude one.
    const scopes = agedFolders?.map((folder) => ({
        id: `ageing-${folder}`,
        filter: { prefix: `${folder}/` },
        status: "Enabled",
    })) ?? [{ id: "ageing", ...everything }];
    return [
        ...(Object.keys(own).length === 0 ? [] : scopes.map((scope) => ({ ...scope, ...own }))),
        {
            id: "tidying",
            ...everything,
            noncurrentVersionExpiration: { noncurrentDays: days.deleted },
            abortIncompleteMultipartUpload: { daysAfterInitiation: days.incompleteUpload },
        },
    ];
}
