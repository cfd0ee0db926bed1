import type { AddonSettings, PodGroup, Resources } from "../../helm/types";
import {
    type AccountValues,
    type ContainerSecurity,
    type ImageValues,
    type PodSecurity,
    resources,
    restricted,
    placed,
    type Spread,
} from "../../helm/values";

/** The keys of the AWS load balancer controller's values that we set. */
export interface AwsLoadBalancerControllerValues {
    readonly image: ImageValues;
    readonly clusterName: AddonSettings["site"]["clusterName"];
    readonly region: string;
    readonly vpcId: AddonSettings["site"]["vpcId"];
    readonly replicaCount: number;
    readonly serviceAccount: AccountValues;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly resources: Resources;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    /** Written by the chart where there is more than one replica. */
    readonly podDisruptionBudget: { readonly maxUnavailable: number };
    readonly enableCertManager: boolean;
    readonly enableServiceMutatorWebhook: boolean;
    readonly createIngressClassResource: boolean;
    readonly ingressClassParams: { readonly create: boolean };
    readonly defaultTargetType: "ip";
}

export const awsLoadBalancerControllerPods = {
    controller: {
        labels: {
            "app.kubernetes.io/name": "aws-load-balancer-controller",
            "app.kubernetes.io/instance": "aws-load-balancer-controller",
        },
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        webhook: 9443,
        metrics: 8080,
        // EC2 and Elastic Load Balancing.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, PodGroup>;

export const awsLoadBalancerControllerImage = "public.ecr.aws/eks/aws-load-balancer-controller";

/** Values of the chart aws-load-balancer-controller: the network load balancer before the gateway (NW-10). */
export function awsLoadBalancerControllerValues(settings: AddonSettings): AwsLoadBalancerControllerValues {
    const { controller } = awsLoadBalancerControllerPods;
    const { site } = settings;
    return {
        image: { repository: settings.image(awsLoadBalancerControllerImage) },
        clusterName: site.clusterName,
        // Said here, for the instance metadata that would say it is closed to pods: its answers go one hop.
        region: site.region,
        vpcId: site.vpcId,
        replicaCount: settings.replicas,
        serviceAccount: { annotations: settings.accountAnnotations },
        ...restricted("podSecurityContext", "securityContext"),
        ...placed(controller, settings),
        podDisruptionBudget: { maxUnavailable: 1 },
        // Helm would make a new certificate at each update.
        enableCertManager: true,
        // On, it is asked about every Service of the cluster, and while it is down none can be made.
        enableServiceMutatorWebhook: false,
        // The way in is the Gateway API, there is no Ingress.
        createIngressClassResource: false,
        ingressClassParams: { create: false },
        // Straight to the pods: no node port, no second hop.
        defaultTargetType: "ip",
    };
}
