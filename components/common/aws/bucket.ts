import * as s3 from "@pulumi/aws/s3";
import type { input } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";

import type { ProtectionConfig } from "../protection";
import { after } from "../after";
import { days } from "../object-lifecycle";

type Rule = input.s3.BucketLifecycleConfigurationRule;

/** What an {@link AwsBucket} is made from. */
export interface AwsBucketArgs {
    readonly config: ProtectionConfig;
    readonly bucketName: string;
    /** ARN of the key; without one AWS' own is used, as the bucket of access logs has to. */
    readonly key?: pulumi.Input<string>;
    /** Whether one call of {@link key} serves many objects; a writer that says what it encrypts needs a call for each. @default true */
    readonly bucketKey?: boolean;
    /** What becomes of objects as they age. @default nothing */
    readonly ageing?: Pick<Rule, "transitions" | "expiration">;
    /** Whether versions can be locked at all; a bucket is made with it or without, for good. */
    readonly lockable: boolean;
    /** Days that nobody may delete an object version in; only where {@link lockable}. @default none */
    readonly lockDays?: number;
    /** Bucket of the same region that keeps the record of who read and wrote. @default none */
    readonly recorder?: pulumi.Input<string>;
    /** Further statements of the bucket's policy. */
    readonly statements?: (arn: string) => readonly object[];
}

/** Refuses who does not speak TLS, 1.2 at least, whatever else the policy allows (D2, SC-06). */
function encryptedOnly(arn: string): readonly object[] {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] };
    return [
        { Sid: "TlsOnly", ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } },
        { Sid: "ModernTlsOnly", ...deny, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    ];
}

/** A bucket that is private in every way that S3 knows (D1, D2). */
export class AwsBucket extends pulumi.ComponentResource {
    /** Resolves when every setting below is made: nothing is written before it is encrypted and versioned. */
    public readonly bucketName: pulumi.Output<string>;
    public readonly arn: string;

    constructor(name: string, args: AwsBucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:AwsBucket", name, {}, opts);
        const child = { parent: this };
        this.arn = `arn:aws:s3:::${args.bucketName}`;
        const { deletionProtection } = args.config.cluster;
        const made = new s3.Bucket(
            name,
            {
                bucket: args.bucketName,
                // Never by tier: a change of it makes the bucket anew, under a name that is still taken.
                objectLockEnabled: args.lockable,
                // Where the cluster may go at any time, so may what is in its buckets.
                forceDestroy: !deletionProtection,
            },
            { ...child, protect: deletionProtection },
        );
        const bucket = made.id;
        const settings = [
            new s3.BucketOwnershipControls(
                `${name}-ownership`,
                // Access by policy alone: nobody looks at the lists that each object could carry.
                { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
                child,
            ),
            new s3.BucketPublicAccessBlock(
                `${name}-private`,
                // All four: lists and policies, what is there and what may come (D2).
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
        const ageing = new s3.BucketLifecycleConfiguration(
            `${name}-lifecycle`,
            { bucket, rules: lifecycle(args.ageing ?? {}) },
            // Rules about versions are refused before there are any.
            { ...child, dependsOn: [versioning] },
        );
        const policy = new s3.BucketPolicy(
            `${name}-policy`,
            {
                bucket,
                // Known before the bucket is: a review and the policies see what they are asked to pass.
                policy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [...encryptedOnly(this.arn), ...(args.statements?.(this.arn) ?? [])],
                }),
            },
            // S3 refuses to change two of a bucket's permissions at once.
            { ...child, dependsOn: settings },
        );
        const lock = optional(args.lockDays, (lockDays) => {
            const defaultRetention = { mode: "GOVERNANCE", days: lockDays };
            return new s3.BucketObjectLockConfiguration(
                `${name}-lock`,
                // An intruder with every right but one cannot delete a backup; the break-glass role has that one (D1).
                { bucket, rule: { defaultRetention } },
                { ...child, dependsOn: [versioning] },
            );
        });
        const logging = optional(
            args.recorder,
            (targetBucket) =>
                new s3.BucketLogging(
                    `${name}-logging`,
                    // Who read or deleted an object, and when (D1).
                    { bucket, targetBucket, targetPrefix: `${args.bucketName}/` },
                    child,
                ),
        );
        this.bucketName = after(made.bucket, [...settings, versioning, ageing, policy, ...lock, ...logging]);
        this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
    }
}

function optional<T, R>(value: T | undefined, make: (value: T) => R): R[] {
    return value === undefined ? [] : [make(value)];
}

function encryption(key: pulumi.Input<string> | undefined, bucketKeyEnabled: boolean) {
    if (key === undefined) {
        return { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    }
    return {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
        // One call of the key for many objects: the same protection for a hundredth of the price.
        bucketKeyEnabled,
    };
}

/** The rules of every bucket: ageing where there is any, and what nobody can want any more. */
function lifecycle(ageing: NonNullable<AwsBucketArgs["ageing"]>): Rule[] {
    const everything = { filter: { prefix: "" }, status: "Enabled" };
    return [
        ...(Object.keys(ageing).length === 0 ? [] : [{ id: "ageing", ...everything, ...ageing }]),
        {
            id: "tidying",
            ...everything,
            noncurrentVersionExpiration: { noncurrentDays: days.callBack },
            abortIncompleteMultipartUpload: { daysAfterInitiation: days.brokenUpload },
        },
    ];
}
