import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    type Affinity,
    preferredAntiAffinity,
    budget,
    type ContainerSecurity,
    type PodSecurity,
    resources,
    restricted,
} from "../helm/values";

interface Part {
    readonly image: ImageValues;
    readonly replicas: number;
    readonly resources: Resources;
    readonly affinity: Affinity;
    readonly priorityClassName: string;
    /** The chart sets `minAvailable` to 1, which excludes `maxUnavailable`. */
    readonly podDisruptionBudget: { readonly enabled: boolean };
}

/** The keys of the VPA's values that are set here. */
export interface VerticalPodAutoscalerValues {
    readonly podSecurityContext: PodSecurity;
    readonly containerSecurityContext: ContainerSecurity;
    readonly admissionController: Part & {
        readonly certGen: { readonly enabled: boolean };
        readonly certManager: {
            readonly enabled: boolean;
            readonly createSelfSignedIssuer: { readonly enabled: boolean };
        };
    };
    readonly recommender: Part;
    readonly updater: Part;
}

function labels(component: string): Record<string, string> {
    return {
        "app.kubernetes.io/name": "vertical-pod-autoscaler",
        "app.kubernetes.io/instance": "vertical-pod-autoscaler",
        "app.kubernetes.io/component": component,
    };
}

const pods = {
    admissionController: {
        labels: labels("admission-controller"),
        resources: resources("50m", "128Mi", "250m", "512Mi"),
        webhook: 8000,
        metrics: 8944,
        calls: ["api-server"],
    },
    recommender: {
        labels: labels("recommender"),
        // Holds eight days of every container's usage in memory.
        resources: resources("50m", "256Mi", "500m", "1Gi"),
        metrics: 8942,
        calls: ["api-server"],
    },
    updater: {
        labels: labels("updater"),
        resources: resources("50m", "128Mi", "250m", "512Mi"),
        metrics: 8943,
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const registry = "registry.k8s.io/autoscaling";

const images = {
    admissionController: `${registry}/vpa-admission-controller`,
    recommender: `${registry}/vpa-recommender`,
    updater: `${registry}/vpa-updater`,
} as const;

function values(settings: ChartSettings): VerticalPodAutoscalerValues {
    const part = (group: keyof typeof pods): Part => ({
        image: settings.image(images[group]),
        replicas: settings.replicas,
        resources: pods[group].resources,
        // The chart has no key for spread.
        affinity: preferredAntiAffinity(pods[group]),
        priorityClassName: settings.priorityClassName,
        podDisruptionBudget: { enabled: budget(settings).enabled },
    });
    return {
        ...restricted("podSecurityContext", "containerSecurityContext"),
        admissionController: {
            ...part("admissionController"),
            // cert-manager renews the certificate; the chart's job creates it once, with an image of 2023.
            certGen: { enabled: false },
            certManager: { enabled: true, createSelfSignedIssuer: { enabled: true } },
        },
        recommender: part("recommender"),
        updater: part("updater"),
    };
}

/** Recommends requests for pods (AS-09). Read: kubernetes/autoscaler at vertical-pod-autoscaler-chart-0.11.0. */
export const verticalPodAutoscaler: Chart = {
    name: "vertical-pod-autoscaler",
    chart: "vertical-pod-autoscaler",
    repo: "https://kubernetes.github.io/autoscaler",
    version: "0.11.0",
    appVersion: "1.7.1",
    namespace: "kube-system",
    needs: ["cert-manager"],
    crds: "folder",
    images: Object.values(images).map((repository) => ({ repository, tag: "1.7.1" })),
    pods,
    values,
};
