/**
 * The versions of the cluster layer. None is looked up in a plan: the same code always creates the same cluster, and a new
 * version is a reviewed change of this file.
 */

/** Kubernetes minor version: GKE's minimum and EKS' version (E4). */
export const kubernetesVersion = "1.36";

/** GKE release channel, which upgrades the cluster from {@link kubernetesVersion} (G8). */
export const gkeReleaseChannel = "REGULAR";

/** AMI release of EKS nodes, Amazon Linux 2023, for {@link kubernetesVersion}. */
export const eksNodeRelease = "1.36.4-20260917";

const imageName = `amazon-eks-node-al2023-x86_64-standard-${kubernetesVersion}-v${eksNodeRelease.split("-")[1] ?? ""}`;

/** Name of the node image, and the public parameter with its id in each region. */
export const eksNodeImage = {
    name: imageName,
    parameter: `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/x86_64/standard/${imageName}/image_id`,
} as const;

/** Managed add-ons of EKS. `aws eks describe-addon-versions --kubernetes-version 1.36` lists compatible versions (E13). */
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
