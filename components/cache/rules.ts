import type { RecordingRule, RuleGroup } from "../common/prometheus-rules";
import type { LayerConfig } from "./layer-config";

/** Share of reads that a cache should answer (CA-10), and below which the alert fires (X21). */
export const hitRatios = { target: 0.85, least: 0.8 } as const;

const record = "cache:hits:ratio_5m";

/** Hits of the reads of one cache, whose monitor is the job. */
function ratio(cache: string, hits: string, misses: string): RecordingRule {
    const rate = (metric: string) => `sum(rate(${metric}[5m]))`;
    return { record, expr: `${rate(hits)} / (${rate(hits)} + ${rate(misses)})`, labels: { cache } };
}

/**
 * Rules of the caches (CA-10): not of `valkey-state`, which is no cache. Managed Valkey has its metrics in the cloud only.
 * Metrics' names are read in redis_exporter, exporter/exporter.go, and memcached_exporter, pkg/exporter/exporter.go.
 */
export function cacheRuleGroups({ cache }: Pick<LayerConfig, "cache">): RuleGroup[] {
    const valkey = (result: string) => `redis_keyspace_${result}_total{job="cache/valkey-cache"}`;
    const memcached = (status: string) =>
        `memcached_commands_total{job="cache/memcached",command="get",status="${status}"}`;
    return [
        {
            name: "caches",
            rules: [
                ...(cache.kind === "valkey" ? [ratio("valkey-cache", valkey("hits"), valkey("misses"))] : []),
                ratio("memcached", memcached("hit"), memcached("miss")),
                {
                    alert: "CacheHitsLow",
                    expr: `${record} < ${hitRatios.least}`,
                    for: "30m",
                    severity: "warning",
                    summary: `{{ $labels.cache }} answers less than ${hitRatios.least * 100} % of its reads; ${hitRatios.target * 100} % are the target`,
                    runbook: "cache-hits-low",
                },
            ],
        },
    ];
}
