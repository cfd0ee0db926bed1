import { describeRelease, podSecurity, replicas, resources, spread } from "../../helm/expected";

const onAws = { aws: ["dev", "staging", "prod"] } as const;
const origin = { version: "1.14.1", repo: undefined, namespace: "kube-system", skipCrds: true };

describeRelease(
    { ...origin, name: "karpenter-crd", chart: "oci://public.ecr.aws/karpenter/karpenter-crd" },
    onAws,
    () => ({ additionalAnnotations: { "helm.sh/resource-policy": "keep" } }),
);

describeRelease({ ...origin, name: "karpenter", chart: "oci://public.ecr.aws/karpenter/karpenter" }, onAws, (tier) => ({
    replicas: replicas[tier],
    serviceAccount: { annotations: {} },
    podSecurityContext: podSecurity,
    topologySpreadConstraints: spread(tier, {
        "app.kubernetes.io/name": "karpenter",
        "app.kubernetes.io/instance": "karpenter",
    }),
    priorityClassName: "system-cluster-critical",
    controller: {
        image: { repository: "public.ecr.aws/karpenter/controller" },
        resources: resources("250m", "512Mi", "1", "1Gi"),
        securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    },
    settings: {
        clusterName: `ecommerce-eks-${tier}`,
        interruptionQueue: "nodes-karpenter-name",
        batchIdleDuration: "10s",
        batchMaxDuration: "30s",
    },
}));
