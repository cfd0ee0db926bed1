import type { GoodExample, Mistake } from "../../config/stack-file";

const key = "ecommerce-platform:cache";

/** Kinds of another cloud, and nodes that a managed kind does not have or that lose data. */
export const managedMistakes: readonly Mistake[] = [
    {
        what: "ElastiCache on Google Cloud",
        base: "prod/gcp",
        set: { "cache.kind": "elasticache" },
        line: `${key}.kind: "elasticache" is a service of AWS, and the stack's cloud is gcp; give valkey or memorystore`,
    },
    {
        what: "Memorystore on AWS",
        base: "staging/aws",
        set: { "cache.kind": "memorystore" },
        line: `${key}.kind: "memorystore" is a service of Google Cloud, and the stack's cloud is aws; give valkey or elasticache`,
    },
    {
        what: "a managed kind on an existing cluster",
        base: "dev/existing",
        set: { "cache.kind": "elasticache" },
        line: `${key}.kind: "elasticache" is a service of AWS, and the stack's cloud is existing; give valkey`,
    },
    {
        what: "a node type for pods",
        base: "dev/gcp",
        set: { "cache.stateNodeType": "STANDARD_SMALL" },
        line: `${key}.stateNodeType: "STANDARD_SMALL" has no effect with cache.kind valkey, whose pods have cache.stateMemory and cacheMemory; remove it`,
    },
    {
        what: "a node type of AWS in Memorystore",
        base: "staging/gcp",
        set: { "cache.kind": "memorystore", "cache.cacheNodeType": "cache.m7g.large" },
        line: `${key}.cacheNodeType: "cache.m7g.large" is not a node type of Memorystore; give one of SHARED_CORE_NANO, CUSTOM_PICO, CUSTOM_MICRO, CUSTOM_MINI, HIGHMEM_MEDIUM, HIGHCPU_MEDIUM, HIGHMEM_XLARGE, STANDARD_SMALL, STANDARD_LARGE, HIGHMEM_2XLARGE`,
    },
    {
        what: "a node type of Google Cloud in ElastiCache",
        base: "staging/aws",
        set: { "cache.kind": "elasticache", "cache.cacheNodeType": "STANDARD_SMALL" },
        line: `${key}.cacheNodeType: "STANDARD_SMALL" is not a node type of ElastiCache; give one such as cache.m7g.large`,
    },
    {
        what: "text that is no node type",
        base: "staging/gcp",
        set: { "cache.kind": "memorystore", "cache.stateNodeType": "small" },
        line: `${key}.stateNodeType: "small" is not valid; give a node type of Memorystore such as STANDARD_SMALL, or of ElastiCache such as cache.m7g.large`,
    },
    {
        what: "shared processors in prod on Google Cloud",
        base: "prod/gcp",
        set: { "cache.kind": "memorystore", "cache.stateNodeType": "SHARED_CORE_NANO" },
        line: `${key}.stateNodeType: "SHARED_CORE_NANO" shares its processor with others; give STANDARD_SMALL or cache.m7g.large, or more, in prod`,
    },
    {
        what: "shared processors in prod on AWS",
        base: "prod/aws",
        set: { "cache.kind": "elasticache", "cache.cacheNodeType": "cache.t4g.medium" },
        line: `${key}.cacheNodeType: "cache.t4g.medium" shares its processor with others; give STANDARD_SMALL or cache.m7g.large, or more, in prod`,
    },
    {
        what: "state without durable writes",
        base: "staging/aws",
        set: { "cache.kind": "elasticache", "cache.stateNodeType": "cache.t4g.medium" },
        line: `${key}.stateNodeType: "cache.t4g.medium" has no durable writes, which valkey-state has where its shards have replicas; give one of the families r8g, r7g, r6g, m8g, m7g, m6g, c8gn and c7gn, or cache.replicasPerShard 0`,
    },
    {
        what: "copies of a managed cluster",
        base: "prod/gcp",
        set: { "cache.kind": "memorystore", "cache.backup.retentionDays": 14 },
        line: `${key}.backup: {"retentionDays":14} has no effect with cache.kind memorystore, which has backups of its own; remove it`,
    },
    {
        what: "managed prod without replicas",
        base: "prod/gcp",
        set: { "cache.kind": "memorystore", "cache.replicasPerShard": 0 },
        line: `${key}.replicasPerShard: 0 loses carts and sessions with a master; give 1 or more in prod`,
    },
];

/** Valid boundary values of each rule. */
export const managedGood: readonly GoodExample[] = [
    { what: "Memorystore on Google Cloud", base: "prod/gcp", set: { "cache.kind": "memorystore" } },
    { what: "ElastiCache on AWS", base: "prod/aws", set: { "cache.kind": "elasticache" } },
    {
        what: "four managed masters, which need no votes of pods",
        base: "prod/gcp",
        set: { "cache.kind": "memorystore", "cache.shards": 4 },
    },
    {
        what: "a replica of a managed cluster's only master",
        base: "dev/gcp",
        set: { "cache.kind": "memorystore", "cache.replicasPerShard": 1 },
    },
    {
        what: "more managed shards than the nodes of a zone could run",
        base: "prod/aws",
        set: { "cache.kind": "elasticache", "cache.shards": 6 },
    },
    {
        what: "shared processors in managed dev without replicas",
        base: "dev/aws",
        set: { "cache.kind": "elasticache", "cache.stateNodeType": "cache.t4g.micro" },
    },
    {
        what: "larger nodes",
        base: "prod/gcp",
        set: { "cache.kind": "memorystore", "cache.stateNodeType": "HIGHMEM_MEDIUM" },
    },
];
