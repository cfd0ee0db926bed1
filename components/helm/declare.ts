import { homePool } from "../../config/profiles";
import type { LayerConfig } from "./layer-config";
import type { Caller, Declaration, PodCount, PodGroup } from "../layer";
import type { Chart, ChartPods } from "./types";

/** Replicas of a chart's controllers: one in dev, two where a node may fail without an interruption (EN-01, EN-02). */
export function chartReplicas({ replicas }: Pick<LayerConfig, "replicas">): number {
    return replicas.autoscale ? 2 : 1;
}

/** A key such as `certController` as a Kubernetes name: `cert-controller`. */
export function kebab(role: string): string {
    return role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function countOf(kind: ChartPods["count"], config: LayerConfig): PodCount {
    if (kind === "job") {
        return { min: 0, max: 1, surge: 0 };
    }
    const replicas = kind === "single" ? 1 : chartReplicas(config);
    // A Deployment's default surge of 25 % is one pod for up to four replicas.
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
        // Charts set no node affinity. Those in kube-system are scheduled beside the services.
        pool: homePool(config.profile, { namespace: namespace === "kube-system" ? "services" : namespace }),
        count: countOf(pods.count, config),
        ...(pods.count === "job" ? { job: true } : {}),
        resources: pods.resources,
        spread: config.spread,
        callers: callersOf(pods),
        // The platform's namespaces allow DNS for every pod; kube-system has no such policy.
        calls: ["dns", ...pods.calls],
    };
}

/** The declaration of charts: their images, their pods, and the charts themselves. */
export function declareCharts(
    charts: readonly Chart<never>[],
    config: LayerConfig,
): Required<Pick<Declaration, "images" | "pods" | "charts">> {
    return {
        images: charts.flatMap(({ images }) =>
            images.map(({ repository, tag, pinned = false }) => ({
                image: `${repository}:${tag}`,
                ...(pinned ? { pinned } : {}),
            })),
        ),
        pods: charts.flatMap((chart) =>
            Object.entries(chart.pods).map(([role, pods]) => groupOf(chart, role, pods, config)),
        ),
        charts: charts.map(({ name, chart, repo, version, namespace }) => ({ name, chart, repo, version, namespace })),
    };
}
