import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";

/** Enables IAM policies of the account to grant access to a key; without this statement no principal could administer it. */
export function enableIamPolicies(account: string) {
    return {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}

/** Allows CloudWatch Logs to use a key, for log groups of this account and region only (D10). */
export function allowLogGroups(account: string, region: string) {
    return {
        Sid: "LogGroupsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        Resource: "*",
        // No kms:DescribeKey: its requests have no encryption context, so the condition would never hold.
        // The principal is shared by all accounts: the encryption context restricts the statement to this account's log groups.
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
            // Data cannot be decrypted without its key: a deletion can be cancelled for 30 days.
            deletionWindowInDays: 30,
            policy: JSON.stringify({ Version: "2012-10-17", Statement: args.statements }),
        },
        opts,
    );
}
