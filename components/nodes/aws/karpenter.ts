import type * as pulumi from "@pulumi/pulumi";

import type { Chart, ChartPods, ChartSettings } from "../../helm/types";
import type { Resources } from "../../layer";
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
        readonly clusterName: pulumi.Input<string>;
        readonly interruptionQueue: pulumi.Input<string>;
        /** How long no pod may join those that wait before nodes are ordered for all of them. */
        readonly batchIdleDuration: string;
        /** How long the first of them waits at most. */
        readonly batchMaxDuration: string;
    };
}

const pods = {
    controller: {
        labels: { "app.kubernetes.io/name": "karpenter", "app.kubernetes.io/instance": "karpenter" },
        // Simulates where every pod of the cluster could go.
        resources: resources("250m", "512Mi", "1", "1Gi"),
        metrics: 8080,
        // EC2, prices and the queue of interruptions.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "public.ecr.aws/karpenter/controller";

/** What Karpenter has to be told of its cluster. */
export interface KarpenterSite {
    readonly clusterName: pulumi.Input<string>;
    /** Name of the queue of interruption notices. */
    readonly interruptionQueue: pulumi.Input<string>;
}

function values(settings: ChartSettings, site: KarpenterSite): KarpenterValues {
    const { controller } = pods;
    const { podSecurityContext } = restricted("podSecurityContext", "securityContext");
    return {
        replicas: settings.replicas,
        serviceAccount: { annotations: settings.accountAnnotations },
        podSecurityContext,
        topologySpreadConstraints: spread(controller, settings),
        priorityClassName: settings.priorityClassName,
        controller: {
            image: { repository: settings.image(image) },
            resources: controller.resources,
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        },
        settings: {
            clusterName: site.clusterName,
            interruptionQueue: site.interruptionQueue,
            // The chart's 1 s orders a node a pod while an autoscaler is still making them. Pods that come within ten
            // seconds of each other are packed together, and none waits longer than 30 s for its node's order (CL-09).
            batchIdleDuration: "10s",
            batchMaxDuration: "30s",
        },
    };
}

const origin = {
    repo: "oci://public.ecr.aws/karpenter",
    version: "1.14.1",
    appVersion: "1.14.1",
    namespace: "kube-system",
} as const;

/** Karpenter's definitions, upgraded with the chart. Read: aws/karpenter-provider-aws at v1.14.1, charts/karpenter-crd. */
const definitions: Chart<KarpenterSite> = {
    ...origin,
    name: "karpenter-crd",
    chart: "karpenter-crd",
    crds: "templates",
    images: [],
    pods: {},
    values: () => ({}),
};

/**
 * Creates nodes as pods need them (CL-11, CL-12). The chart keeps its pods off nodes that Karpenter creates, and gives
 * them a budget. Read: aws/karpenter-provider-aws at v1.14.1, charts/karpenter; published under the tag's version.
 */
const controller: Chart<KarpenterSite> = {
    ...origin,
    name: "karpenter",
    chart: "karpenter",
    needs: ["karpenter-crd"],
    // Those of karpenter-crd, which are upgraded.
    crds: "skipped",
    // The chart adds the digest to the tag.
    images: [{ repository: image, tag: "1.14.1" }],
    pods,
    values,
};

/** The charts of Karpenter, in the order in which they are installed. */
export const karpenterCharts: readonly Chart<KarpenterSite>[] = [definitions, controller];
