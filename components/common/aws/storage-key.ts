import * as pulumi from "@pulumi/pulumi";

import type { CoreConfig } from "../../../config/core";
import { kept, type ProtectionConfig } from "../protection";
import { enableIamPolicies, rotatedKey } from "./keys";

/** Arguments of {@link AwsKey}. */
export interface AwsKeyArgs {
    readonly config: Pick<CoreConfig, "account"> & ProtectionConfig;
    readonly description: string;
    /**
     * A service with its region, such as `s3.us-east-1`: every principal of the account that has access to the encrypted
     * data may use the key through it. @default none: each user's own policy has to name the key
     */
    readonly viaService?: string;
    /** Whether the key outlives the stack, as the data does that it decrypts. @default false */
    readonly keep?: boolean;
}

/** The statement that AWS managed keys have for their service. */
function allowViaService(account: string, service: string) {
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
        // Restricted to the service and this account: the principal alone would be every AWS account (D10).
        Condition: { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.amazonaws.com` } },
    };
}

/** A customer-managed key for stored data, in the region of its provider (D2, D7, SC-06). */
export class AwsKey extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;

    constructor(name: string, args: AwsKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:AwsKey", name, {}, opts);
        const { account, cluster } = args.config;
        const use = args.viaService === undefined ? [] : [allowViaService(account, args.viaService)];
        const key = rotatedKey(
            name,
            { description: args.description, statements: [enableIamPolicies(account), ...use] },
            // Deletion protection of the data includes its key (D7).
            { parent: this, protect: cluster.deletionProtection, ...kept(args.keep ?? false) },
        );
        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }
}
