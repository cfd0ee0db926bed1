import type * as pulumi from "@pulumi/pulumi";

import { eksName } from "../../cluster";
import type { Chart, ChartPods, ChartSettings, ImageValues } from "../../helm/types";
import type { Resources } from "../../layer";
import {
    type AccountValues,
    type ContainerSecurity,
    type EvictionValues,
    evictUnhealthy,
    type PodSecurity,
    resources,
    restricted,
    commonValues,
    type Spread,
} from "../../helm/values";
import type { AddonSite } from "../types";
import { loadBalancerController } from "./load-balancer-permissions";

/** The keys of the AWS load balancer controller's values that are set here. */
export interface AwsLoadBalancerControllerValues {
    readonly image: ImageValues;
    readonly clusterName: pulumi.Input<string>;
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly replicaCount: number;
    readonly serviceAccount: AccountValues;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly resources: Resources;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    /** The chart creates it where there is more than one replica. */
    readonly podDisruptionBudget: { readonly maxUnavailable: number } & EvictionValues;
    readonly enableCertManager: boolean;
    readonly enableServiceMutatorWebhook: boolean;
    readonly createIngressClassResource: boolean;
    readonly ingressClassParams: { readonly create: boolean };
    readonly defaultTargetType: "ip";
}

const pods = {
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
} as const satisfies Record<string, ChartPods>;

const image = "public.ecr.aws/eks/aws-load-balancer-controller";

function vpcOf({ vpcId }: AddonSite): pulumi.Input<string> {
    if (vpcId === undefined) {
        throw new Error("aws-load-balancer-controller needs the id of the VPC; create it after the network");
    }
    return vpcId;
}

function values(settings: ChartSettings, region: string, site: AddonSite): AwsLoadBalancerControllerValues {
    const { controller } = pods;
    return {
        image: settings.image(image),
        clusterName: site.clusterName,
        // Explicit: by default the controller reads it from instance metadata, which pods cannot reach.
        region,
        vpcId: vpcOf(site),
        replicaCount: settings.replicas,
        serviceAccount: { annotations: settings.accountAnnotations },
        ...restricted("podSecurityContext", "securityContext"),
        ...commonValues(controller, settings),
        // The chart's template copies the whole value into the budget's spec.
        podDisruptionBudget: { maxUnavailable: 1, ...evictUnhealthy },
        // Without cert-manager, Helm would generate a new certificate at each upgrade.
        enableCertManager: true,
        // The webhook would be called for every Service of the cluster, and none could be created while it is down.
        enableServiceMutatorWebhook: false,
        // Traffic enters through the Gateway API, not through Ingress.
        createIngressClassResource: false,
        ingressClassParams: { create: false },
        // Targets are pods: no node port, no second hop.
        defaultTargetType: "ip",
    };
}

/**
 * Creates the network load balancer before the gateway (NW-10). Read: aws/eks-charts at 52396097 of 2026-08-03,
 * stable/aws-load-balancer-controller.
 */
export const awsLoadBalancerController = (region: string): Chart<AddonSite> => ({
    name: "aws-load-balancer-controller",
    chart: "aws-load-balancer-controller",
    repo: "https://aws.github.io/eks-charts",
    version: "3.5.0",
    appVersion: "v3.5.0",
    namespace: "ingress",
    // For its webhook's certificate.
    needs: ["cert-manager"],
    crds: "folder",
    images: [{ repository: image, tag: "v3.5.0" }],
    pods,
    permissions: ({ account, stack }) => loadBalancerController({ account, region, cluster: eksName(stack) }),
    values: (settings, site) => values(settings, region, site),
});
