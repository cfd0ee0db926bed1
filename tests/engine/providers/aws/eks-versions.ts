import type { RuleContext } from "../core/cloud";
import { stringAt, type Bag } from "../core/value";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODES = "aws:eks/nodeGroup:NodeGroup";

/**
 * Kubernetes versions in standard support (from 1.34) and in extended support in November 2026: clusters can be created with
 * both. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"];

/** https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html, community-addons.html. */
export const ADDONS = [
    ...["vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent", "aws-ebs-csi-driver", "aws-efs-csi-driver"],
    ...["snapshot-controller", "metrics-server", "amazon-cloudwatch-observability", "eks-node-monitoring-agent"],
    ...["aws-guardduty-agent", "aws-secrets-store-csi-driver-provider", "external-dns", "cert-manager"],
    ...["kube-state-metrics", "prometheus-node-exporter", "aws-mountpoint-s3-csi-driver", "adot"],
];

export const minorOf = (version: string | undefined): number => Number(version?.split(".")[1]);

/**
 * All node groups have the cluster's version before it is raised:
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html.
 */
async function nodesErrors(inputs: Bag, before: string | undefined, context: RuleContext): Promise<string[]> {
    const groups = (await context.others(NODES)).filter(({ clusterName }) => clusterName === inputs["name"]);
    const behind = groups.filter((group) => (stringAt(group, "version") ?? before) !== before);
    return behind.length === 0
        ? []
        : [`InvalidParameterException: Nodegroups must be updated to match cluster version ${before ?? ""} first`];
}

/**
 * EKS raises a version by one minor version: https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html.
 * It lowers one for 7 days after an update only (https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html); the
 * stand-in has no time, and its updates are older. The messages are not documented.
 */
export async function versionErrors(inputs: Bag, context: RuleContext): Promise<string[]> {
    const version = stringAt(inputs, "version");
    const before = stringAt(await context.byId(CLUSTER, stringAt(inputs, "name") ?? ""), "version");
    const step = minorOf(version) - minorOf(before);
    if (step === 1) {
        return nodesErrors(inputs, before, context);
    }
    return Number.isNaN(step) || step === 0
        ? []
        : [
              `InvalidParameterException: Unsupported Kubernetes minor version update from ${before ?? ""} to ${version ?? ""}`,
          ];
}
