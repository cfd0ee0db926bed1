import type { Tier } from "../../config/schema";

/** Every description of pods in a plan besides those of the catalogue's workloads, sorted. */
export function storePods(tier: Tier): string[] {
    const dev = tier === "dev";
    const members = dev ? ["0-a"] : ["0-a", "0-b", "1-a", "1-b", "2-a", "2-b"];
    return [
        "CronJob cache-warm",
        "CronJob daily-report",
        "CronJob kube-bench",
        "CronJob partition-maintenance",
        "CronJob postgres-monthly",
        "CronJob postgres-snapshots",
        "CronJob reservation-cleanup",
        "CronJob search-restore",
        "CronJob search-snapshots",
        "CronJob valkey-state-backup",
        "CronJob valkey-state-restore",
        "Cluster postgres",
        ...(dev ? [] : ["Deployment headroom", "Deployment pgpool"]),
        "Elasticsearch search",
        "Job schema",
        "Job valkey-cache-formed",
        "Job valkey-state-formed",
        // The entity operator and the exporter.
        "Kafka shop",
        "Kafka shop",
        "KafkaNodePool broker",
        ...(tier === "prod" ? ["KafkaNodePool controller"] : []),
        "Pooler postgres-pooler-ro",
        "Pooler postgres-pooler-rw",
        "StatefulSet memcached",
        ...members.flatMap((member) => [`StatefulSet valkey-cache-${member}`, `StatefulSet valkey-state-${member}`]),
    ].sort();
}
