import { api, type PodRow } from "../helm/expected";

/** The chart of prod and staging, the same on every cloud. */
export const autoscalingCharts: readonly object[] = [
    {
        name: "keda",
        chart: "keda",
        repo: "https://kedacore.github.io/charts",
        version: "2.20.2",
        namespace: "monitoring",
    },
];

/** Its images, in the order of declaration. */
export const autoscalingImages: readonly string[] = [
    "ghcr.io/kedacore/keda:2.20.2",
    "ghcr.io/kedacore/keda-metrics-apiserver:2.20.2",
    "ghcr.io/kedacore/keda-admission-webhooks:2.20.2",
];

/** Pods of the chart by chart and group. */
export const autoscalingPods: Readonly<Record<string, Readonly<Record<string, PodRow>>>> = {
    keda: {
        operator: {
            labels: { app: "keda-operator" },
            size: ["50m", "128Mi", "500m", "512Mi"],
            metrics: 8080,
            callers: [
                {
                    pods: { namespace: "monitoring", labels: { app: "keda-operator-metrics-apiserver" } },
                    port: 9666,
                },
            ],
            calls: [...api, { store: "kafka" }],
        },
        "metrics-server": {
            labels: { app: "keda-operator-metrics-apiserver" },
            size: ["50m", "128Mi", "250m", "256Mi"],
            webhook: 6443,
            metrics: 8080,
            calls: [...api, { pods: { namespace: "monitoring", labels: { app: "keda-operator" } }, port: 9666 }],
        },
        webhooks: {
            labels: { app: "keda-admission-webhooks" },
            size: ["25m", "64Mi", "250m", "256Mi"],
            webhook: 9443,
            metrics: 8080,
            calls: api,
        },
    },
};
