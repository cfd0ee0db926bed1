import type { GoodExample, Mistake } from "../../config/stack-file";
import { managedGood, managedMistakes } from "./managed-mistakes";

const key = "ecommerce-platform:cache";

/** Caches that lose data, cannot fail over, or do not fit their nodes. */
export const cacheMistakes: readonly Mistake[] = [
    {
        what: "two masters",
        base: "staging/gcp",
        set: { "cache.shards": 2 },
        line: `${key}.shards: 2 puts 1 of 2 masters into one zone, and the others are not more than half of them, so that no replica is promoted when the zone is lost; give 1, 3, or 5 and more`,
    },
    {
        what: "four masters",
        base: "staging/aws",
        set: { "cache.shards": 4 },
        line: `${key}.shards: 4 puts 2 of 4 masters into one zone, and the others are not more than half of them, so that no replica is promoted when the zone is lost; give 1, 3, or 5 and more`,
    },
    {
        what: "a replica of the only master",
        base: "dev/gcp",
        set: { "cache.replicasPerShard": 1 },
        line: `${key}.replicasPerShard: 1 has no effect with 1 shard: masters vote for a new one, and the only one is lost; give 0`,
    },
    {
        what: "replicas on the compact profile's one data node",
        base: "dev/gcp",
        set: { "nodePools.profile": "compact", "cache.shards": 3, "cache.replicasPerShard": 1 },
        line: `${key}.replicasPerShard: 1 needs as many zones more, and nodePools.profile compact has one data node; give 0`,
    },
    {
        what: "more replicas than zones",
        base: "prod/gcp",
        set: { "cache.replicasPerShard": 3 },
        line: `${key}.replicasPerShard: 3 is not valid; give a whole number from 0 to 2`,
    },
    {
        what: "prod without replicas",
        base: "prod/gcp",
        set: { "cache.replicasPerShard": 0 },
        line: `${key}.replicasPerShard: 0 loses carts and sessions with a master; give 1 or more in prod`,
    },
    {
        what: "one Memcached in prod",
        base: "prod/aws",
        set: { "cache.memcached.replicas": 1 },
        line: `${key}.memcached.replicas: 1 loses the whole catalogue cache with one pod; give 2 or more in prod`,
    },
    {
        what: "too little memory for state",
        base: "dev/existing",
        set: { "cache.stateMemory": "255Mi" },
        line: `${key}.stateMemory: "255Mi" leaves too little for data beside buffers and connections; give 256Mi or more`,
    },
    {
        what: "too little memory for Memcached",
        base: "dev/gcp",
        set: { "cache.memcached.memory": "127Mi" },
        line: `${key}.memcached.memory: "127Mi" leaves too little for data beside buffers and connections; give 128Mi or more`,
    },
    {
        what: "memory without a unit",
        base: "dev/gcp",
        set: { "cache.cacheMemory": "1024" },
        line: `${key}.cacheMemory: "1024" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"`,
    },
    {
        what: "more memory than the nodes of a zone have",
        base: "prod/gcp",
        set: { "cache.stateMemory": "4Gi" },
        line: `${key}.shards: 3 with replicasPerShard 1 puts up to 2 pods of each cluster into one zone, which with Memcached need 14.6 GiB, and 1 n2-highmem-2 there has 12.8 GiB for pods; give fewer shards, less memory, or larger machines`,
    },
    {
        what: "more shards than the nodes of a zone can run",
        base: "prod/aws",
        set: { "cache.shards": 6 },
        line: `${key}.shards: 6 with replicasPerShard 1 puts up to 4 pods of each cluster into one zone, which with Memcached need 19.1 GiB, and 1 r7i.large there has 12.8 GiB for pods; give fewer shards, less memory, or larger machines`,
    },
    {
        what: "another kind of store",
        base: "prod/gcp",
        set: { "cache.kind": "redis" },
        line: `${key}.kind: "redis" is not valid; give one of valkey, memorystore, elasticache`,
    },
    ...managedMistakes,
];

/** Valid boundary values of each rule. */
export const cacheGood: readonly GoodExample[] = [
    { what: "three masters in dev", base: "dev/gcp", set: { "cache.shards": 3 } },
    {
        what: "five masters",
        base: "prod/gcp",
        set: { "cache.shards": 5, "cache.stateMemory": "512Mi", "cache.cacheMemory": "512Mi" },
    },
    { what: "two replicas of each master", base: "staging/gcp", set: { "cache.replicasPerShard": 2 } },
    { what: "staging without replicas", base: "staging/aws", set: { "cache.replicasPerShard": 0 } },
    {
        what: "the least memory",
        base: "dev/existing",
        set: { "cache.stateMemory": "256Mi", "cache.memcached.memory": "128Mi" },
    },
    { what: "as much memory as fits", base: "prod/gcp", set: { "cache.stateMemory": "3Gi" } },
    { what: "two Memcached in prod", base: "prod/aws", set: { "cache.memcached.replicas": 2 } },
    {
        what: "more masters on the compact profile",
        base: "dev/gcp",
        set: { "nodePools.profile": "compact", "cache.shards": 3 },
    },
    { what: "nodes of unknown size", base: "prod/existing", set: { "cache.stateMemory": "64Gi" } },
    ...managedGood,
];
