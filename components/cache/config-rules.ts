import { machineOf } from "../../config/machines";
import type { Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import { quantity } from "../../config/quantity";
import type { CacheConfig } from "./config";
import { memcachedOverhead, perZone, valkeyOverhead, zoneCount } from "./config-size";

/** Managed services place nodes and promote replicas themselves. */
const runsPods = ({ kind }: CacheConfig["cache"]): boolean => kind === "valkey";

/** A failover needs the votes of most masters: the loss of a zone must leave more than half of them. */
const zoneLossLeavesAMajority: Rule<CacheConfig> = ({ config: { cache } }): readonly Problem[] => {
    const { shards } = cache;
    const inOneZone = Math.ceil(shards / zoneCount);
    const message =
        `puts ${inOneZone} of ${shards} masters into one zone, and the others are not more than half of them, ` +
        `so that no replica is promoted when the zone is lost; give 1, 3, or 5 and more`;
    return runsPods(cache) && shards > 1 && 2 * inOneZone >= shards
        ? [{ path: "cache.shards", value: shards, message }]
        : [];
};

const replicasCanBePromoted: Rule<CacheConfig> = ({ config }): readonly Problem[] => {
    const { shards, replicasPerShard } = config.cache;
    const path = "cache.replicasPerShard";
    if (replicasPerShard === 0 || !runsPods(config.cache)) {
        return [];
    }
    if (shards === 1) {
        const message = "has no effect with 1 shard: masters vote for a new one, and the only one is lost; give 0";
        return [{ path, value: replicasPerShard, message }];
    }
    if (config.profile === "compact") {
        const message = "needs as many zones more, and nodePools.profile compact has one data node; give 0";
        return [{ path, value: replicasPerShard, message }];
    }
    return [];
};

const prodSurvivesAZone: Rule<CacheConfig> = ({ config: { tier, cache } }) => {
    const least = [
        ["cache.shards", cache.shards, 3, "has no second master that votes for a failover"],
        ["cache.replicasPerShard", cache.replicasPerShard, 1, "loses carts and sessions with a master"],
        ["cache.memcached.replicas", cache.memcached.replicas, 2, "loses the whole catalogue cache with one pod"],
    ] as const;
    return least.flatMap(([path, value, minimum, what]): Problem[] =>
        tier === "prod" && value < minimum
            ? [{ path, value, message: `${what}; give ${minimum} or more in prod` }]
            : [],
    );
};

const memoryIsEnough: Rule<CacheConfig> = ({ config: { cache } }) => {
    const least = [
        ["cache.stateMemory", cache.stateMemory, "256Mi"],
        ["cache.cacheMemory", cache.cacheMemory, "256Mi"],
        ["cache.memcached.memory", cache.memcached.memory, "128Mi"],
    ] as const;
    return least.flatMap(([path, value, minimum]): Problem[] => {
        const message = `leaves too little for data beside buffers and connections; give ${minimum} or more`;
        return quantity(value) < quantity(minimum) ? [{ path, value, message }] : [];
    });
};

const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);

/** The share of a node's memory that pods can have: the rest belongs to the kubelet, the system and its pods. */
const allocatable = 0.8;

/** Members of one zone cannot move to another: the zone's nodes must have memory for all of them. */
const podsFitTheirZone: Rule<CacheConfig> = ({ config }): readonly Problem[] => {
    const pool = config.profile === "compact" ? config.nodePools.data : config.nodePools.cache;
    const machine = machineOf(pool?.machineType ?? "");
    if (pool === undefined || machine === undefined || !config.dedicatedPools || !runsPods(config.cache)) {
        return [];
    }
    const { cache } = config;
    const nodes = Math.max(1, Math.floor(pool.min / zoneCount));
    const members = perZone(cache.shards, cache.replicasPerShard);
    const valkey = members * (quantity(cache.stateMemory) + quantity(cache.cacheMemory) + 2 * valkeyOverhead);
    const memcachedPods = Math.ceil(cache.memcached.replicas / zoneCount);
    const needed = valkey + memcachedPods * (quantity(cache.memcached.memory) + memcachedOverhead);
    const available = nodes * machine.memoryGiB * 2 ** 30 * allocatable;
    const message =
        `with replicasPerShard ${cache.replicasPerShard} puts up to ${members} pods of each cluster into one zone, which ` +
        `with Memcached need ${gib(needed)} GiB, and ${nodes} ${pool.machineType} there has ${gib(available)} GiB for pods; ` +
        `give fewer shards, less memory, or larger machines`;
    return needed > available ? [{ path: "cache.shards", value: cache.shards, message }] : [];
};

/** Rules about the caches. */
export const cacheRules: readonly Rule<CacheConfig>[] = [
    zoneLossLeavesAMajority,
    replicasCanBePromoted,
    prodSurvivesAZone,
    memoryIsEnough,
    podsFitTheirZone,
];
