import type { Cloud } from "../../../config/schema";
import { api, type PodRow } from "../helm/expected";

/** Clouds with a bucket for backups, which the plugin writes. */
export const withPlugin: Readonly<Record<Cloud, boolean>> = { gcp: true, aws: true, existing: false };

const repo = "https://cloudnative-pg.github.io/charts";
const operator = { name: "cloudnative-pg", chart: "cloudnative-pg", repo, version: "0.29.0", namespace: "data" };
const plugin = { name: "plugin-barman-cloud", chart: "plugin-barman-cloud", repo, version: "0.7.0", namespace: "data" };

/** The database's charts by cloud, in order. */
export const databaseCharts: Readonly<Record<Cloud, readonly object[]>> = {
    gcp: [operator, plugin],
    aws: [operator, plugin],
    existing: [operator],
};

const operatorImage = "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0";
const pluginImages = [
    "ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.13.0",
    "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.13.0",
];
const ownImages = [
    "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
    "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
    "docker.io/migrate/migrate:v4.19.1",
    "docker.io/pgpool/pgpool:4.4.3",
];

/** The database's images in prod by cloud, in the order of declaration. */
export const databaseImages: Readonly<Record<Cloud, readonly string[]>> = {
    gcp: [operatorImage, ...pluginImages, ...ownImages],
    aws: [operatorImage, ...pluginImages, ...ownImages],
    existing: [operatorImage, ...ownImages],
};

const labels = (name: string) => ({ "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name });
const pods = (own: Readonly<Record<string, string>>, port: number) => ({
    pods: { namespace: "data", labels: own },
    port,
});
const instances = { "cnpg.io/podRole": "instance" };

/** Pods of the database's charts by chart and group. */
export function databaseOperators(cloud: Cloud): Readonly<Record<string, Readonly<Record<string, PodRow>>>> {
    const called = withPlugin[cloud] ? [pods(labels("plugin-barman-cloud"), 9090)] : [];
    return {
        "cloudnative-pg": {
            controller: {
                labels: labels("cloudnative-pg"),
                size: ["100m", "128Mi", "500m", "512Mi"],
                webhook: 9443,
                metrics: 8080,
                calls: [...api, pods(instances, 8000), pods(instances, 5432), ...called],
            },
        },
        "plugin-barman-cloud": {
            plugin: {
                labels: labels("plugin-barman-cloud"),
                size: ["25m", "64Mi", "250m", "256Mi"],
                callers: [pods(labels("cloudnative-pg"), 9090)],
                calls: api,
                count: "single",
            },
        },
    };
}

/** The database's pods with metrics, besides its charts'. */
export const databaseMetrics: readonly object[] = [
    { name: "postgres", namespace: "data", labels: instances, port: 9187 },
    ...["rw", "ro"].map((type) => ({
        name: `postgres-pooler-${type}`,
        namespace: "data",
        labels: { "cnpg.io/poolerName": `postgres-pooler-${type}` },
        port: 9127,
    })),
];
