import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";

/** What {@link EksKeys} need to know. */
export interface EksKeysArgs {
    readonly config: Pick<PlatformConfig, "account" | "region" | "cluster">;
}

/** Gives the account's IAM policies the say over a key; without it nobody could ever change the key again. */
function administration(account: string) {
    return {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
    };
}

/**
 * Lets EC2 use a key for the volumes of this account. The account's autoscaling role starts the nodes and has no policy
 * of ours; naming it would fail in an account that has never scaled anything, where the role is not there yet.
 */
function volumes(account: string, region: string) {
    return {
        Sid: "VolumesOfThisAccount",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        Resource: "*",
        // Through EC2 and from this account only: by itself the principal above would be everybody (D10).
        Condition: {
            StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `ec2.${region}.amazonaws.com` },
        },
    };
}

/** The keys that Kubernetes secrets and the nodes' disks are encrypted with (E2, E8). */
export class EksKeys extends pulumi.ComponentResource {
    public readonly secrets: pulumi.Output<string>;
    public readonly disks: pulumi.Output<string>;

    constructor(name: string, args: EksKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksKeys", name, {}, opts);
        const { account, region, cluster } = args.config;
        const key = (role: string, description: string, statements: readonly object[]): kms.Key =>
            new kms.Key(
                `${name}-${role}`,
                {
                    description,
                    // A key that leaks opens ninety days of data at most (D7).
                    enableKeyRotation: true,
                    rotationPeriodInDays: 90,
                    // Without its key all data is lost: a deleted key can be called back for thirty days.
                    deletionWindowInDays: 30,
                    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
                },
                // Where the cluster must not go, its keys must not either (D7).
                { parent: this, protect: cluster.deletionProtection },
            );
        const secrets = key("secrets", "Kubernetes secrets", [administration(account)]);
        const disks = key("disks", "Disks of nodes", [administration(account), volumes(account, region)]);
        this.secrets = secrets.arn;
        this.disks = disks.arn;
        this.registerOutputs({ secrets: this.secrets, disks: this.disks });
    }
}
