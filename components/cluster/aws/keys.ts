import type * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { accountDecides, logGroupsMayUse, rotatedKey } from "../../common/aws/keys";

/** What {@link EksKeys} need to know. */
export interface EksKeysArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "cluster">;
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

/** The keys that Kubernetes secrets, the nodes' disks and the control plane's logs are encrypted with (E2, E8). */
export class EksKeys extends pulumi.ComponentResource {
    public readonly secrets: pulumi.Output<string>;
    public readonly disks: pulumi.Output<string>;
    public readonly logs: pulumi.Output<string>;

    constructor(name: string, args: EksKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksKeys", name, {}, opts);
        const { account, region, cluster } = args.config;
        // Where the cluster must not go, its keys must not either (D7).
        const kept = { parent: this, protect: cluster.deletionProtection };
        const key = (role: string, description: string, ...more: object[]): kms.Key =>
            rotatedKey(`${name}-${role}`, { description, statements: [accountDecides(account), ...more] }, kept);
        const secrets = key("secrets", "Kubernetes secrets");
        const disks = key("disks", "Disks of nodes", volumes(account, region));
        const logs = key("logs", "Control plane logs", logGroupsMayUse(account, region));
        this.secrets = secrets.arn;
        this.disks = disks.arn;
        this.logs = logs.arn;
        this.registerOutputs({ secrets: this.secrets, disks: this.disks, logs: this.logs });
    }
}
