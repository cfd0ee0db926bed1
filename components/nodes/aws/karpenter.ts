import type { AddonSettings, PodGroup, Resources } from "../../helm/types";
import {
    type AccountValues,
    type ImageValues,
    type PodSecurity,
    resources,
    restricted,
    spread,
    type Spread,
} from "../../helm/values";

/** The keys of Karpenter's values that we set. */
export interface KarpenterValues {
    readonly replicas: number;
    readonly serviceAccount: AccountValues;
    readonly podSecurityContext: PodSecurity;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly controller: {
        readonly image: ImageValues;
        readonly resources: Resources;
        /** The rest of it is fixed in the chart's template, and restricted. */
        readonly securityContext: { readonly seccompProfile: { readonly type: "RuntimeDefault" } };
    };
    readonly settings: {
        readonly clusterName: AddonSettings["site"]["clusterName"];
        readonly interruptionQueue: AddonSettings["site"]["interruptionQueue"];
        /** How long no pod may join those that wait before nodes are ordered for all of them. */
        readonly batchIdleDuration: string;
        /** How long the first of them waits at most. */
        readonly batchMaxDuration: string;
    };
}

export const karpenterPods = {
    controller: {
        labels: { "app.kubernetes.io/name": "karpenter", "app.kubernetes.io/instance": "karpenter" },
        // Simulates where every pod of the cluster could go.
        resources: resources("250m", "512Mi", "1", "1Gi"),
        metrics: 8080,
        // EC2, prices and the queue of interruptions.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, PodGroup>;

export const karpenterImage = "public.ecr.aws/karpenter/controller";

/**
 * Values of the chart karpenter: nodes as pods need them (CL-11, CL-12). The chart keeps its pods off nodes that Karpenter
 * makes itself, and gives them a budget.
 */
export function karpenterValues(settings: AddonSettings): KarpenterValues {
    const { controller } = karpenterPods;
    const { podSecurityContext } = restricted("podSecurityContext", "securityContext");
    return {
        replicas: settings.replicas,
        serviceAccount: { annotations: settings.accountAnnotations },
        podSecurityContext,
        topologySpreadConstraints: spread(controller, settings),
        priorityClassName: settings.priorityClassName,
        controller: {
            image: { repository: settings.image(karpenterImage) },
            resources: controller.resources,
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        },
        settings: {
            clusterName: settings.site.clusterName,
            interruptionQueue: settings.site.interruptionQueue,
            // The chart's 1 s orders a node a pod while an autoscaler is still making them. Pods that come within ten
            // seconds of each other are packed together, and none waits longer than 30 s for its node's order (CL-09).
            batchIdleDuration: "10s",
            batchMaxDuration: "30s",
        },
    };
}
