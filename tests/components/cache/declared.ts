import type { Cloud } from "../../../config/schema";

/** The images of the caches, in the order of declaration. */
export const cacheImages: readonly string[] = [
    "docker.io/valkey/valkey:9.1.1-alpine",
    "docker.io/oliver006/redis_exporter:v1.83.0-alpine",
    "docker.io/library/memcached:1.6.39-alpine",
    "docker.io/prom/memcached-exporter:v0.15.4",
];

/** The image that copies Valkey to the bucket; an existing cluster has none. */
export const copyImages: Readonly<Record<Cloud, readonly string[]>> = {
    gcp: ["ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"],
    aws: ["ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie"],
    existing: [],
};

/** The caches' pods with metrics. */
export const cacheMetrics: readonly object[] = (
    [
        ["valkey-state", 9121],
        ["valkey-cache", 9121],
        ["memcached", 9150],
    ] as const
).map(([name, port]) => ({
    name,
    namespace: "cache",
    labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
    port,
}));
