import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { eksArn } from "../../common/aws/arns";
import { roleSettings } from "../../common/aws/roles";
import { podIdentityTrust } from "../../common/aws/trust";
import type { AmazonStatement, CloudIdentity, IdentityArgs } from "../types";

/** A statement in IAM's format. */
function policyStatement({ actions, resources, condition }: AmazonStatement) {
    return {
        Effect: "Allow",
        Action: [...actions],
        Resource: [...resources],
        ...(condition === undefined ? {} : { Condition: condition }),
    };
}

/** An IAM role for one Kubernetes service account of one cluster, by EKS Pod Identity (E11, SC-07). */
export class PodIdentity extends pulumi.ComponentResource implements CloudIdentity {
    /** Empty: the association references the service account. */
    public readonly annotations: pulumi.Output<Record<string, string>>;
    public readonly accountAnnotations = {};
    public readonly granted: readonly pulumi.Resource[] = [this];

    constructor(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:identity:PodIdentity", name, {}, opts);
        const { config, cluster, namespace, serviceAccount, permissions } = args;
        const child = { parent: this };
        const clusterArn = cluster.name.apply((own) => eksArn(config, own));
        const trust = podIdentityTrust({ clusterArn, namespace, serviceAccount });
        const role = new iam.Role(
            name,
            {
                ...roleSettings(config),
                description: `${namespace}/${serviceAccount} of ${config.stack}`,
                assumeRolePolicy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: trust.service },
                            Action: trust.actions,
                            Condition: trust.condition,
                        },
                    ],
                }),
            },
            child,
        );
        const policy = new iam.RolePolicy(
            name,
            {
                role: role.name,
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: permissions.amazon.map(policyStatement),
                }),
            },
            child,
        );
        const association = new eks.PodIdentityAssociation(
            name,
            { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn },
            // Pods get credentials from here on: the role's policy has to exist before.
            { ...child, dependsOn: [policy] },
        );
        this.annotations = association.id.apply((): Record<string, string> => ({}));
        this.registerOutputs({ annotations: this.annotations });
    }
}
