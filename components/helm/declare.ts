import { homePool } from "../../config/profiles";
import type { LayerConfig } from "./layer-config";
import type { Caller, Declaration, PodCount, PodGroup } from "../layer";
import type { Chart, ChartPods } from "./types";

/** Replicas of a chart's controllers: one where a restart may be waited for, two where a node may be lost (EN-01, EN-02). */
export function chartReplicas({ replicas }: Pick<LayerConfig, "replicas">): number {
    return replicas.autoscale ? 2 : 1;
}

/** `certController` as Kubernetes names things: `cert-controller`. */
export function kebab(role: string): string {
    return role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function countOf(kind: ChartPods["count"], config: LayerConfig): PodCount {
    if (kind === "job") {
        return { min: 0, max: 1, surge: 0 };
    }
    const replicas = kind === "single" ? 1 : chartReplicas(config);
    // A Deployment's default of 25 % surge is one pod, up to four replicas.
    return { min: replicas, max: replicas, surge: 1 };
}

function callersOf({ webhook, metrics }: ChartPods): Caller[] {
    return [...(webhook === undefined ? [] : [{ webhook }]), ...(metrics === undefined ? [] : [{ metrics }])];
}

function groupOf(chart: Chart<never>, role: string, pods: ChartPods, config: LayerConfig): PodGroup {
    const { name, namespace } = chart;
    return {
        name: `${name}-${kebab(role)}`,
        namespace,
        labels: pods.labels,
        app: { name, component: "addon" },
        source: "controller",
        // A chart's pods ask for no pool. In kube-system they run beside the services.
        pool: homePool(config.profile, { namespace: namespace === "kube-system" ? "services" : namespace }),
        count: countOf(pods.count, config),
        ...(pods.count === "job" ? { job: true } : {}),
        resources: pods.resources,
        spread: config.spread,
        callers: callersOf(pods),
        // Allowed for each pod of our own namespaces; kube-system has no such policy.
        calls: ["dns", ...pods.calls],
    };
}

/** What charts run: their images, their pods, and themselves for a mirror to hold. */
export function declareCharts(
    charts: readonly Chart<never>[],
    config: LayerConfig,
): Required<Pick<Declaration, "images" | "pods" | "charts">> {
    return {
        images: charts.flatMap(({ images }) =>
            images.map(({ repository, tag }) => ({ image: `${repository}:${tag}` })),
        ),
        pods: charts.flatMap((chart) =>
            Object.entries(chart.pods).map(([role, pods]) => groupOf(chart, role, pods, config)),
        ),
        charts: charts.map(({ name, chart, repo, version, namespace }) => ({ name, chart, repo, version, namespace })),
    };
}
