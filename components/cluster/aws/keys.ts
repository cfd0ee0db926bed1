import type * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { allowLogGroups, enableIamPolicies, rotatedKey } from "../../common/aws/keys";

/** Arguments of {@link EksKeys}. */
export interface EksKeysArgs {
    readonly config: Pick<LayerConfig, "account" | "region" | "cluster">;
}

/**
 * Allows EC2 to use a key for the volumes of this account. Nodes are started by the account's service-linked role for Auto
 * Scaling, which this stack does not manage; naming it would fail in an account where it does not exist yet.
 */
function allowVolumes(account: string, region: string) {
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
        // Restricted to EC2 and this account: the principal alone would be every AWS account (D10).
        Condition: {
            StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `ec2.${region}.amazonaws.com` },
        },
    };
}

/** The KMS keys of Kubernetes secrets, node disks and control plane logs (E2, E8). */
export class EksKeys extends pulumi.ComponentResource {
    public readonly secrets: pulumi.Output<string>;
    public readonly disks: pulumi.Output<string>;
    public readonly logs: pulumi.Output<string>;

    constructor(name: string, args: EksKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksKeys", name, {}, opts);
        const { account, region, cluster } = args.config;
        // Deletion protection of the cluster includes its keys (D7).
        const options = { parent: this, protect: cluster.deletionProtection };
        const key = (role: string, description: string, ...more: object[]): kms.Key =>
            rotatedKey(`${name}-${role}`, { description, statements: [enableIamPolicies(account), ...more] }, options);
        const secrets = key("secrets", "Kubernetes secrets");
        const disks = key("disks", "Disks of nodes", allowVolumes(account, region));
        const logs = key("logs", "Control plane logs", allowLogGroups(account, region));
        this.secrets = secrets.arn;
        this.disks = disks.arn;
        this.logs = logs.arn;
        this.registerOutputs({ secrets: this.secrets, disks: this.disks, logs: this.logs });
    }
}
