import type { AddonSettings, PodGroup, Resources } from "../helm/types";
import {
    budget,
    type BudgetValues,
    type ContainerSecurity,
    type ImageValues,
    type PodSecurity,
    resources,
    restricted,
    placed,
    type Spread,
} from "../helm/values";

/** The keys of metrics-server's values that we set. */
export interface MetricsServerValues {
    readonly image: ImageValues;
    readonly replicas: number;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly resources: Resources;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly podDisruptionBudget: BudgetValues;
    readonly args: readonly string[];
    readonly metrics: { readonly enabled: boolean };
    readonly tls: { readonly type: "cert-manager" };
    readonly apiService: { readonly insecureSkipTLSVerify: boolean };
}

export const metricsServerPods = {
    controller: {
        labels: { "app.kubernetes.io/name": "metrics-server", "app.kubernetes.io/instance": "metrics-server" },
        resources: resources("100m", "200Mi", "500m", "500Mi"),
        // The API server asks it for every pod's figures.
        webhook: 10250,
        metrics: 10250,
        calls: ["api-server", "kubelets"],
    },
} as const satisfies Record<string, PodGroup>;

export const metricsServerImage = "registry.k8s.io/metrics-server/metrics-server";

/** Values of the chart metrics-server: what autoscalers measure by (AS-01). */
export function metricsServerValues(settings: AddonSettings): MetricsServerValues {
    const { controller } = metricsServerPods;
    return {
        image: { repository: settings.image(metricsServerImage) },
        replicas: settings.replicas,
        ...restricted("podSecurityContext", "securityContext"),
        ...placed(controller, settings),
        podDisruptionBudget: budget(settings),
        args: settings.site.insecureKubelets ? ["--kubelet-insecure-tls"] : [],
        metrics: { enabled: true },
        // A certificate that the API server checks; by default it takes any.
        tls: { type: "cert-manager" },
        apiService: { insecureSkipTLSVerify: false },
    };
}
