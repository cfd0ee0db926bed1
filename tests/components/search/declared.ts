import type { Cloud } from "../../../config/schema";
import { api, type PodRow } from "../helm/expected";

/** The search's charts, the same on every cloud. */
export const searchCharts: readonly object[] = [
    {
        name: "eck",
        chart: "eck-operator",
        repo: "https://helm.elastic.co",
        version: "3.5.0",
        namespace: "data",
    },
];

/** The search's images, in the order of declaration. */
export const searchImages: readonly string[] = [
    "docker.elastic.co/eck/eck-operator:3.5.0",
    "docker.elastic.co/elasticsearch/elasticsearch:9.4.3",
];

/** That of the snapshots' jobs, which an existing cluster has not (BK-06). */
export const snapshotImages: Readonly<Record<Cloud, readonly string[]>> = {
    gcp: ["ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"],
    aws: ["ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"],
    existing: [],
};

const nodes = { "elasticsearch.k8s.elastic.co/cluster-name": "search" };

/** Pods of the chart by chart and group. */
export const searchOperators: Readonly<Record<string, Readonly<Record<string, PodRow>>>> = {
    eck: {
        operator: {
            labels: { "app.kubernetes.io/name": "elastic-operator", "app.kubernetes.io/instance": "eck" },
            size: ["50m", "150Mi", "500m", "512Mi"],
            webhook: 9443,
            metrics: 8080,
            calls: [...api, { pods: { namespace: "data", labels: nodes }, port: 9200 }],
        },
    },
};
