import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { podIdentityTrust } from "../../common/aws/trust";
import type { AmazonStatement, CloudIdentity, IdentityArgs } from "../types";

/** A statement as IAM reads it. */
function written({ actions, resources, condition }: AmazonStatement) {
    return {
        Effect: "Allow",
        Action: [...actions],
        Resource: [...resources],
        ...(condition === undefined ? {} : { Condition: condition }),
    };
}

/** A role that one Kubernetes service account of one cluster works under, by EKS Pod Identity (E11, SC-07). */
export class PodIdentity extends pulumi.ComponentResource implements CloudIdentity {
    /** None: the association names the service account, not the other way round. */
    public readonly annotations: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:identity:PodIdentity", name, {}, opts);
        const { config, cluster, namespace, serviceAccount, permissions } = args;
        const child = { parent: this };
        const clusterArn = pulumi.interpolate`arn:aws:eks:${config.region}:${config.account}:cluster/${cluster.name}`;
        const trust = podIdentityTrust({ clusterArn, namespace, serviceAccount });
        const role = new iam.Role(
            name,
            {
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
                    Statement: permissions.amazon.map(written),
                }),
            },
            child,
        );
        const association = new eks.PodIdentityAssociation(
            name,
            { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn },
            // Credentials are handed out from here on: not before they are good for something.
            { ...child, dependsOn: [policy] },
        );
        this.annotations = association.id.apply((): Record<string, string> => ({}));
        this.registerOutputs({ annotations: this.annotations });
    }
}
