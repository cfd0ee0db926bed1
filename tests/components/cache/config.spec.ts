import assert from "node:assert/strict";

import { cacheConfig } from "../../../components/cache/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { cacheGood, cacheMistakes } from "./mistakes";

describePart(cacheConfig, cacheMistakes, cacheGood);

describe("caches by tier (CA-01, CA-02, X2, X3)", () => {
    const backup = { schedule: "20 */6 * * *", retentionDays: 7, enabled: true };
    const memory = (size: string) => ({ stateMemory: size, cacheMemory: size });

    it("are one pod each in dev, smaller in staging, three masters and three replicas in prod", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "gcp").cache),
            [
                {
                    kind: "valkey",
                    shards: 1,
                    replicasPerShard: 0,
                    ...memory("256Mi"),
                    memcached: { replicas: 1, memory: "128Mi" },
                    backup,
                },
                {
                    kind: "valkey",
                    shards: 3,
                    replicasPerShard: 1,
                    ...memory("512Mi"),
                    memcached: { replicas: 2, memory: "512Mi" },
                    backup,
                },
                {
                    kind: "valkey",
                    shards: 3,
                    replicasPerShard: 1,
                    ...memory("2Gi"),
                    memcached: { replicas: 3, memory: "2Gi" },
                    backup,
                },
            ],
        );
    });

    it("have managed nodes by kind and tier, and none for pods", () => {
        const nodes = (cloud: "gcp" | "aws", kind: string) =>
            tierNames.map((tier) => {
                const { stateNodeType, cacheNodeType } = resolved(tier, cloud, { "cache.kind": kind }).cache;
                return [stateNodeType, cacheNodeType];
            });
        assert.deepEqual(nodes("gcp", "memorystore"), [
            ["SHARED_CORE_NANO", "SHARED_CORE_NANO"],
            ["STANDARD_SMALL", "SHARED_CORE_NANO"],
            ["STANDARD_SMALL", "STANDARD_SMALL"],
        ]);
        assert.deepEqual(nodes("aws", "elasticache"), [
            ["cache.t4g.small", "cache.t4g.small"],
            ["cache.m7g.large", "cache.t4g.small"],
            ["cache.m7g.large", "cache.m7g.large"],
        ]);
    });

    it("follow the stack file key by key", () => {
        const set = {
            "cache.shards": 5,
            "cache.stateMemory": "1Gi",
            "cache.cacheMemory": "1Gi",
            "cache.memcached.memory": "1Gi",
        };
        assert.deepEqual(resolved("prod", "aws", set).cache, {
            kind: "valkey",
            shards: 5,
            replicasPerShard: 1,
            stateMemory: "1Gi",
            cacheMemory: "1Gi",
            memcached: { replicas: 3, memory: "1Gi" },
            backup,
        });
    });
});
