/**
 * Every version of the cluster layer. Nothing is looked up while planning: a plan of today's code gives today's
 * clusters next year too, and a new version is a reviewed change of this file.
 */

/** Kubernetes minor version: what GKE starts at least with and what EKS runs (E4). */
export const kubernetesVersion = "1.36";

/** GKE channel that moves the cluster on from {@link kubernetesVersion} (G8). */
export const gkeReleaseChannel = "REGULAR";

/** AMI release of EKS nodes, Amazon Linux 2023; its first two numbers are {@link kubernetesVersion}. */
export const eksNodeRelease = "1.36.4-20260917";

/** Managed add-ons of EKS. `aws eks describe-addon-versions --kubernetes-version 1.36` lists what fits (E13). */
export const eksAddonVersions = {
    "vpc-cni": "v1.23.1-eksbuild.1",
    "kube-proxy": "v1.36.0-eksbuild.25",
    "eks-pod-identity-agent": "v1.4.0-eksbuild.2",
    coredns: "v1.14.6-eksbuild.4",
    "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
    "metrics-server": "v0.9.0-eksbuild.11",
    "snapshot-controller": "v8.6.0-eksbuild.8",
} as const;

export type EksAddonName = keyof typeof eksAddonVersions;
