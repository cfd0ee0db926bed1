import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { eksAdminRoleName } from "../naming";

/** What {@link EksAccess} opens. */
export interface EksAccessArgs {
    readonly config: Pick<LayerConfig, "account" | "stack">;
    /** Name of the cluster. */
    readonly cluster: pulumi.Input<string>;
}

/**
 * The one way in for people and for Pulumi: a role that administers the cluster (E5, E6).
 *
 * EKS lets nobody in by default here, its creator neither. Whoever may take this role on, by an IAM policy of their own
 * that names it, administers the cluster; nobody else does. So access is granted and withdrawn in IAM, every use is in
 * CloudTrail under the person's name, and no plan depends on who runs it.
 */
export class EksAccess extends pulumi.ComponentResource {
    /** ARN of the role; resolves when it opens the cluster. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: EksAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksAccess", name, {}, opts);
        const { account, stack } = args.config;
        const child = { parent: this };
        const role = new iam.Role(
            name,
            {
                // People's IAM policies and CI name this role: no random suffix.
                name: eksAdminRoleName(stack),
                description: `Administers the ${stack} cluster; has no permission outside of it`,
                // An hour, then it has to be taken on again.
                maxSessionDuration: 3600,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            // The account's IAM decides who; it grants nothing to anybody by itself.
                            Principal: { AWS: `arn:aws:iam::${account}:root` },
                            Action: "sts:AssumeRole",
                        },
                    ],
                }),
            },
            child,
        );
        const entry = new eks.AccessEntry(
            name,
            { clusterName: args.cluster, principalArn: role.arn, type: "STANDARD" },
            child,
        );
        const policy = new eks.AccessPolicyAssociation(
            name,
            {
                clusterName: args.cluster,
                principalArn: entry.principalArn,
                // Whoever makes namespaces, classes and webhooks needs the whole cluster; no other principal has it (E6).
                policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                accessScope: { type: "cluster" },
            },
            child,
        );
        this.roleArn = after(role.arn, [policy]);
        this.registerOutputs({ roleArn: this.roleArn });
    }
}
