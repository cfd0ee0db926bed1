import {
    containerSecurity,
    describeRelease,
    evictable,
    podSecurity,
    replicas,
    resources,
    spread,
} from "../../helm/expected";

const name = "aws-load-balancer-controller";

describeRelease(
    {
        name,
        chart: name,
        version: "3.5.0",
        repo: "https://aws.github.io/eks-charts",
        namespace: "ingress",
        skipCrds: false,
    },
    { aws: ["dev", "staging", "prod"] },
    (tier) => ({
        image: { repository: "public.ecr.aws/eks/aws-load-balancer-controller" },
        clusterName: `ecommerce-eks-${tier}`,
        region: "us-east-1",
        vpcId: "network-id",
        replicaCount: replicas[tier],
        serviceAccount: { annotations: {} },
        podSecurityContext: podSecurity,
        securityContext: containerSecurity,
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        topologySpreadConstraints: spread(tier, { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name }),
        priorityClassName: "platform-addon",
        // The chart creates the budget where there is more than one replica.
        podDisruptionBudget: { maxUnavailable: 1, ...evictable },
        enableCertManager: true,
        enableServiceMutatorWebhook: false,
        createIngressClassResource: false,
        ingressClassParams: { create: false },
        defaultTargetType: "ip",
    }),
);
