import type * as pulumi from "@pulumi/pulumi";

/** One service account of one EKS cluster. */
export interface PodIdentitySubject {
    /** ARN of the cluster; names account and region too. */
    readonly clusterArn: pulumi.Input<string>;
    readonly namespace: string;
    readonly serviceAccount: string;
}

/**
 * Trust policy for EKS Pod Identity, restricted to one service account (E11). The service principal is shared by all
 * accounts and clusters: without the condition, any association of the account could use the role.
 */
export function podIdentityTrust({ clusterArn, namespace, serviceAccount }: PodIdentitySubject) {
    return {
        service: "pods.eks.amazonaws.com",
        actions: ["sts:AssumeRole", "sts:TagSession"],
        condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-arn": clusterArn,
                "aws:RequestTag/kubernetes-namespace": namespace,
                "aws:RequestTag/kubernetes-service-account": serviceAccount,
            },
        },
    };
}
