import type { Chart } from "../helm/types";
import { keptDefinitions } from "../helm/values";

/** The keys of the chart's values that are set here. */
export interface PrometheusCrdsValues {
    readonly crds: { readonly annotations: Readonly<Record<string, string>> };
}

/**
 * The definitions of PodMonitor, ServiceMonitor and PrometheusRule, which stores create before Prometheus is there (OB-01).
 * Read: prometheus-community/helm-charts, charts/prometheus-operator-crds at 31.0.1.
 */
export const prometheusCrds: Chart = {
    name: "prometheus-operator-crds",
    chart: "prometheus-operator-crds",
    repo: "https://prometheus-community.github.io/helm-charts",
    version: "31.0.1",
    appVersion: "v0.93.1",
    namespace: "monitoring",
    crds: "templates",
    images: [],
    pods: {},
    // Kept when the release is deleted, or every monitor and rule would be deleted too.
    values: (): PrometheusCrdsValues => ({ crds: { annotations: keptDefinitions } }),
};
