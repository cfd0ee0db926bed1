import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import type { ProtectionConfig } from "../protection";
import { accountDecides, rotatedKey } from "./keys";

/** What an {@link AwsKey} is made from. */
export interface AwsKeyArgs {
    readonly config: Pick<CoreConfig, "account"> & ProtectionConfig;
    readonly description: string;
    /**
     * A service, with its region, through which every principal of the account that may use the encrypted data may use the
     * key: `s3.us-east-1`. @default none: each user's own policy has to name the key
     */
    readonly through?: string;
}

/** The statement of AWS' own keys for a service. */
function useThrough(account: string, service: string) {
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
        // Through the service and from this account only: alone, the principal above would be every AWS account (D10).
        Condition: { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.amazonaws.com` } },
    };
}

/** A key of ours for what is stored, in the region of its provider (D2, D7, SC-06). */
export class AwsKey extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;

    constructor(name: string, args: AwsKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:AwsKey", name, {}, opts);
        const { account, cluster } = args.config;
        const use = args.through === undefined ? [] : [useThrough(account, args.through)];
        const key = rotatedKey(
            name,
            { description: args.description, statements: [accountDecides(account), ...use] },
            // Where the data must not be deleted, its key must not be either (D7).
            { parent: this, protect: cluster.deletionProtection },
        );
        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
