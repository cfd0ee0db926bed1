import assert from "node:assert/strict";

import type { JsonObject } from "../../tools/plan";
import { alertTests, plannedGroups, type Series, testRules } from "./promtool";

/** Reads of each cache by result, of 1,000 a minute that two pods answer. */
const reads: Readonly<Record<string, (hits: number) => Series[]>> = {
    "valkey-cache": (hits) =>
        ["1", "2"].flatMap((pod) => [
            counter(`redis_keyspace_hits_total{job="cache/valkey-cache",pod="${pod}"}`, hits / 2),
            counter(`redis_keyspace_misses_total{job="cache/valkey-cache",pod="${pod}"}`, (1000 - hits) / 2),
            // Sessions and carts: what is not there was never written.
            counter(`redis_keyspace_misses_total{job="cache/valkey-state",pod="${pod}"}`, 10_000),
        ]),
    memcached: (hits) =>
        ["1", "2"].flatMap((pod) => [
            counter(memcached("get", "hit", pod), hits / 2),
            counter(memcached("get", "miss", pod), (1000 - hits) / 2),
            counter(memcached("delete", "miss", pod), 10_000),
        ]),
};

function counter(series: string, perMinute: number): Series {
    return { series, values: `0+${perMinute}x60` };
}

function memcached(command: string, status: string, pod: string): string {
    return `memcached_commands_total{job="cache/memcached",command="${command}",status="${status}",pod="${pod}"}`;
}

describe("the rules of the caches (CA-10, X21)", () => {
    let groups: JsonObject[];
    before(async () => {
        groups = (await plannedGroups("prod", "gcp"))["caches"] ?? [];
    });

    for (const [cache, series] of Object.entries(reads)) {
        it(`record the hits of ${cache}`, () => {
            const values = [{ labels: `{cache="${cache}"}`, value: 0.85 }];
            const samples = [{ minute: 30, expr: "round(cache:hits:ratio_5m, 0.001)", values }];
            assert.match(testRules(groups, [{ name: cache, input: series(850), samples }]), /SUCCESS\s*$/);
        });

        it(`report less than 80 % hits of ${cache} for half an hour`, () => {
            const firing = {
                labels: { cache, component: "cache", severity: "warning" },
                annotations: {
                    summary: `${cache} answers less than 80 % of its reads; 85 % are the target`,
                    runbook: "docs/runbooks/cache-hits-low.md",
                },
            };
            const tests = alertTests("CacheHitsLow", 30, firing, series(799), series(801));
            assert.match(testRules(groups, tests), /SUCCESS\s*$/);
        });
    }
});
