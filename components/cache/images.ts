/** The images of the caches, pinned here and nowhere else. */
export const cacheImages = {
    /** Also has `valkey-cli`, which the scripts run. */
    valkey: "docker.io/valkey/valkey:9.1.1-alpine",
    /** Read: oliver006/redis_exporter at v1.83.0. */
    valkeyExporter: "docker.io/oliver006/redis_exporter:v1.83.0-alpine",
    /** Built with `--enable-tls`. Read: docker-library/memcached, 1/alpine/Dockerfile. */
    memcached: "docker.io/library/memcached:1.6.39-alpine",
    /** Read: prometheus/memcached_exporter at v0.15.4. */
    memcachedExporter: "docker.io/prom/memcached-exporter:v0.15.4",
} as const;
