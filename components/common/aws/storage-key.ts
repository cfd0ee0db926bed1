import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../../config/resolve";

/** What an {@link AwsKey} is made from. */
export interface AwsKeyArgs {
    readonly config: Pick<PlatformConfig, "account" | "cluster">;
    readonly description: string;
    /**
     * A service, with its region, through which everybody in the account may use the key who may use what it encrypts:
     * `s3.us-east-1`. @default none: each user's own policy has to name the key
     */
    readonly through?: string;
}

type Statement = Readonly<Record<string, unknown>>;

/** Gives the account's IAM policies the say over a key; without it nobody could ever change the key again. */
function administration(account: string): Statement {
    return {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}

/** What AWS' own keys for a service say; ours turns every ninety days, and can be taken away. */
function useThrough(account: string, service: string): Statement {
    return {
        Sid: "ThroughTheService",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        Resource: "*",
        // Through the service and from this account only: by itself the principal above would be everybody (D10).
        Condition: { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.amazonaws.com` } },
    };
}

/** A key of ours for what is stored, in the region of its provider (D2, D7, SC-06). */
export class AwsKey extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;

    constructor(name: string, args: AwsKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:storage:AwsKey", name, {}, opts);
        const { account, cluster } = args.config;
        const use = args.through === undefined ? [] : [useThrough(account, args.through)];
        const key = new kms.Key(
            name,
            {
                description: args.description,
                // A key that leaks opens ninety days of data at most (D7).
                enableKeyRotation: true,
                rotationPeriodInDays: 90,
                // Without its key all data is lost: a deleted key can be called back for thirty days.
                deletionWindowInDays: 30,
                policy: JSON.stringify({ Version: "2012-10-17", Statement: [administration(account), ...use] }),
            },
            // Where the data must not go, its key must not either (D7).
            { parent: this, protect: cluster.deletionProtection },
        );
        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
