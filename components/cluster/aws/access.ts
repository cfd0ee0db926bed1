import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { after } from "../../common/after";
import { roleSettings } from "../../common/aws/roles";
import { eksAdminRoleName } from "../naming";

/** Arguments of {@link EksAccess}. */
export interface EksAccessArgs {
    readonly config: Pick<LayerConfig, "account" | "administrators" | "permissionsBoundary" | "stack">;
    /** Name of the cluster, as text: `needs` has the dependency, once. */
    readonly cluster: string;
    /** The cluster. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * The role that people and Pulumi administer the cluster with (E5, E6).
 *
 * No other principal has access, the cluster's creator included. Access needs both an IAM policy that allows
 * `sts:AssumeRole` on this role and the role's trust: in the principals of `aws.administrators`, or in sessions with MFA.
 * CloudTrail records each use with the caller's name, and no plan depends on the identity that runs it.
 */
export class EksAccess extends pulumi.ComponentResource {
    /** ARN of the role; resolves when the role has access. */
    public readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: EksAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cluster:EksAccess", name, {}, opts);
        const { stack } = args.config;
        const child = { parent: this };
        const role = new iam.Role(
            name,
            {
                ...roleSettings(args.config),
                // IAM policies and CI name this role: no random suffix.
                name: eksAdminRoleName(stack),
                description: `Administers the ${stack} cluster; has no permission outside of it`,
                // One hour.
                maxSessionDuration: 3600,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: trust(args.config),
                }),
            },
            child,
        );
        const entry = new eks.AccessEntry(
            name,
            { clusterName: args.cluster, principalArn: role.arn, type: "STANDARD" },
            { ...child, dependsOn: [...args.needs] },
        );
        const policy = new eks.AccessPolicyAssociation(
            name,
            {
                clusterName: args.cluster,
                principalArn: entry.principalArn,
                // Namespaces, classes and webhooks are cluster-scoped; no other principal has this policy (E6).
                policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                accessScope: { type: "cluster" },
            },
            child,
        );
        this.roleArn = after(role.arn, [policy]);
        this.registerOutputs({ roleArn: this.roleArn });
    }
}

/** Who may assume the role: the account alone would be every principal with `sts:AssumeRole` on all roles. */
function trust({ account, administrators }: EksAccessArgs["config"]): object[] {
    const allow = (Condition: object) => ({
        Effect: "Allow",
        // Delegates to the account's IAM policies; grants nothing alone.
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "sts:AssumeRole",
        Condition,
    });
    const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
    if (administrators.length === 0) {
        return [allow(withMfa)];
    }
    // By condition, not as principals: IAM rejects a principal that does not exist, and replaces one that is recreated.
    const named = (kind: "role" | "user", condition: object = {}): object[] => {
        const names = administrators.filter((one) => one.startsWith(`${kind}/`));
        const arns = names.map((one) => `arn:aws:iam::${account}:${one}`);
        return arns.length === 0 ? [] : [allow({ ArnLike: { "aws:PrincipalArn": arns }, ...condition })];
    };
    // Sessions of roles have no MFA of their own: the identity provider asks for it, and CI has none.
    return [...named("role"), ...named("user", withMfa)];
}
