import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";

/** Lets the account's IAM policies grant access to a key; without it the key could never be administered again. */
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
        // The service works for every account: the encryption context names the log group.
        Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
        },
    };
}

/** Creates a key that is rotated every 90 days; 30-day deletion window (D7). */
export function rotatedKey(
    name: string,
    args: { readonly description: string; readonly statements: readonly object[] },
    opts: pulumi.CustomResourceOptions,
): kms.Key {
    return new kms.Key(
        name,
        {
            description: args.description,
            // A key that leaks exposes at most 90 days of data (D7).
            enableKeyRotation: true,
            rotationPeriodInDays: 90,
            // Without its key all data is lost: a deletion can be cancelled for 30 days.
            deletionWindowInDays: 30,
            policy: JSON.stringify({ Version: "2012-10-17", Statement: args.statements }),
        },
        opts,
    );
}
