import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";

/** Gives the account's IAM policies the say over a key; without it nobody could ever change the key again. */
export function accountDecides(account: string) {
    return {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}

/** Lets CloudWatch Logs use a key, for log groups of this account and region only (D10). */
export function logGroupsMayUse(account: string, region: string) {
    return {
        Sid: "LogGroupsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        Resource: "*",
        // The service works for every account: it says for which group it asks.
        Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
        },
    };
}

/** Makes a key that turns every ninety days and can be called back for thirty (D7). */
export function rotatedKey(
    name: string,
    args: { readonly description: string; readonly statements: readonly object[] },
    opts: pulumi.CustomResourceOptions,
): kms.Key {
    return new kms.Key(
        name,
        {
            description: args.description,
            // A key that leaks opens ninety days of data at most (D7).
            enableKeyRotation: true,
            rotationPeriodInDays: 90,
            // Without its key all data is lost: a deleted key can be called back for thirty days.
            deletionWindowInDays: 30,
            policy: JSON.stringify({ Version: "2012-10-17", Statement: args.statements }),
        },
        opts,
    );
}
