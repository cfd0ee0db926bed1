import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    budget,
    type BudgetValues,
    type ContainerSecurity,
    type EvictionValues,
    evictUnhealthy,
    type PodSecurity,
    resources,
    restricted,
    commonValues,
    type Spread,
} from "../helm/values";

/** The keys of metrics-server's values that are set here. */
export interface MetricsServerValues {
    readonly image: ImageValues;
    readonly replicas: number;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly resources: Resources;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly podDisruptionBudget: BudgetValues & EvictionValues;
    readonly args: readonly string[];
    readonly metrics: { readonly enabled: boolean };
    readonly tls: { readonly type: "cert-manager" };
    readonly apiService: { readonly insecureSkipTLSVerify: boolean };
}

const pods = {
    controller: {
        labels: { "app.kubernetes.io/name": "metrics-server", "app.kubernetes.io/instance": "metrics-server" },
        resources: resources("100m", "200Mi", "500m", "500Mi"),
        // The API server calls it: it serves the aggregated metrics API.
        webhook: 10250,
        metrics: 10250,
        calls: ["api-server", "kubelets"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "registry.k8s.io/metrics-server/metrics-server";

function values(settings: ChartSettings, insecureKubelets: boolean): MetricsServerValues {
    const { controller } = pods;
    return {
        image: settings.image(image),
        replicas: settings.replicas,
        ...restricted("podSecurityContext", "securityContext"),
        ...commonValues(controller, settings),
        podDisruptionBudget: { ...budget(settings), ...evictUnhealthy },
        args: insecureKubelets ? ["--kubelet-insecure-tls"] : [],
        metrics: { enabled: true },
        // The API server verifies its certificate; by default it accepts any.
        tls: { type: "cert-manager" },
        apiService: { insecureSkipTLSVerify: false },
    };
}

/**
 * Measures pods for the autoscalers (AS-01). Read: kubernetes-sigs/metrics-server at 5ed5d3a2 of 2026-08-04,
 * charts/metrics-server.
 *
 * @param insecureKubelets whether kubelets with self-signed certificates are accepted
 */
export const metricsServer = (insecureKubelets: boolean): Chart => ({
    name: "metrics-server",
    chart: "metrics-server",
    repo: "https://kubernetes-sigs.github.io/metrics-server",
    version: "3.13.1",
    appVersion: "0.8.1",
    namespace: "kube-system",
    needs: ["cert-manager"],
    crds: "none",
    images: [{ repository: image, tag: "v0.8.1" }],
    pods,
    values: (settings) => values(settings, insecureKubelets),
});
