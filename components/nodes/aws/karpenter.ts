import type * as pulumi from "@pulumi/pulumi";

import type { Chart, ChartPods, ChartSettings, ImageValues } from "../../helm/types";
import type { Resources } from "../../layer";
import {
    type AccountValues,
    keptDefinitions,
    type PodSecurity,
    resources,
    restricted,
    spread,
    type Spread,
} from "../../helm/values";

/** The keys of Karpenter's values that are set here. */
export interface KarpenterValues {
    readonly replicas: number;
    readonly serviceAccount: AccountValues;
    readonly podSecurityContext: PodSecurity;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly controller: {
        readonly image: ImageValues;
        readonly resources: Resources;
        /** The chart's template sets the other fields, to restricted values. */
        readonly securityContext: { readonly seccompProfile: { readonly type: "RuntimeDefault" } };
    };
    readonly settings: {
        readonly clusterName: pulumi.Input<string>;
        readonly interruptionQueue: pulumi.Input<string>;
        /** Idle time without a new pending pod after which nodes are created for the batch. */
        readonly batchIdleDuration: string;
        /** Maximum time from the first pending pod of a batch. */
        readonly batchMaxDuration: string;
    };
}

const pods = {
    controller: {
        labels: { "app.kubernetes.io/name": "karpenter", "app.kubernetes.io/instance": "karpenter" },
        // The scheduling simulation covers every pod of the cluster.
        resources: resources("250m", "512Mi", "1", "1Gi"),
        metrics: 8080,
        // EC2, prices and the queue of interruptions.
        calls: ["api-server", "cloud"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "public.ecr.aws/karpenter/controller";

/** Properties of the cluster in Karpenter's values. */
export interface KarpenterSite {
    readonly clusterName: pulumi.Input<string>;
    /** Name of the queue of interruption events. */
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
            image: settings.image(image),
            resources: controller.resources,
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        },
        settings: {
            clusterName: site.clusterName,
            interruptionQueue: site.interruptionQueue,
            // The chart's default of 1 s creates one node per pod while an autoscaler is adding pods. Pods that arrive within ten
            // seconds of each other are batched, and no batch takes longer than 30 s (CL-09).
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

/** Karpenter's custom resource definitions, upgraded with the chart. Read: aws/karpenter-provider-aws at v1.14.1, charts/karpenter-crd. */
const definitions: Chart<KarpenterSite> = {
    ...origin,
    name: "karpenter-crd",
    chart: "karpenter-crd",
    crds: "templates",
    images: [],
    pods: {},
    // Kept when the release is deleted: with the definitions every NodePool would be deleted, and then all its nodes.
    values: () => ({ additionalAnnotations: keptDefinitions }),
};

/**
 * Creates nodes for pending pods (CL-11, CL-12). The chart keeps its pods off nodes that Karpenter creates, and creates
 * their budget. Read: aws/karpenter-provider-aws at v1.14.1, charts/karpenter; published under the tag's version.
 */
const controller: Chart<KarpenterSite> = {
    ...origin,
    name: "karpenter",
    chart: "karpenter",
    needs: ["karpenter-crd"],
    // The release of karpenter-crd installs and upgrades them.
    crds: "skipped",
    // The release writes the digest into the published chart's values (hack/release/common.sh).
    images: [{ repository: image, tag: "1.14.1", pinned: true }],
    digests: "key",
    pods,
    values,
};

/** The charts of Karpenter, in the order in which they are installed. */
export const karpenterCharts: readonly Chart<KarpenterSite>[] = [definitions, controller];
