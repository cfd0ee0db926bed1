import type { Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import type { Cloud, Tier } from "../../config/schema";
import type { CacheConfig } from "./config";

/** What runs the Valkey clusters. */
export const cacheKinds = ["valkey", "memorystore", "elasticache"] as const;

export type CacheKind = (typeof cacheKinds)[number];

/** A kind that a cloud runs. */
export type ManagedKind = Exclude<CacheKind, "valkey">;

interface NodeTypes {
    readonly stateNodeType: string;
    readonly cacheNodeType: string;
}

/**
 * Node types by tier. Writable memory of Memorystore's: 1.12 GB of SHARED_CORE_NANO, which has no SLA, 5.2 GB of
 * STANDARD_SMALL (https://docs.cloud.google.com/memorystore/docs/valkey/instance-node-specification). ElastiCache's:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html; durable writes need one of
 * {@link durable}, of which cache.m7g.large is the smallest with memory for prod's data.
 */
const tiers: Readonly<Record<ManagedKind, Readonly<Record<Tier, NodeTypes>>>> = {
    memorystore: {
        dev: { stateNodeType: "SHARED_CORE_NANO", cacheNodeType: "SHARED_CORE_NANO" },
        // The state as in prod, so that a failover is tested before prod needs it.
        staging: { stateNodeType: "STANDARD_SMALL", cacheNodeType: "SHARED_CORE_NANO" },
        prod: { stateNodeType: "STANDARD_SMALL", cacheNodeType: "STANDARD_SMALL" },
    },
    elasticache: {
        dev: { stateNodeType: "cache.t4g.small", cacheNodeType: "cache.t4g.small" },
        staging: { stateNodeType: "cache.m7g.large", cacheNodeType: "cache.t4g.small" },
        prod: { stateNodeType: "cache.m7g.large", cacheNodeType: "cache.m7g.large" },
    },
};

/** The default node types of a kind; pods have none. */
export function nodeTypesOf(kind: CacheKind, tier: Tier): Partial<NodeTypes> {
    return kind === "valkey" ? {} : tiers[kind][tier];
}

/** Whose service a kind is. */
const ownerOf: Readonly<Record<ManagedKind, string>> = { memorystore: "Google Cloud", elasticache: "AWS" };

/** The kinds that each cloud has. */
const kindsOf: Readonly<Record<Cloud, readonly CacheKind[]>> = {
    gcp: ["valkey", "memorystore"],
    aws: ["valkey", "elasticache"],
    existing: ["valkey"],
};

const kindIsOfTheCloud: Rule<CacheConfig> = ({ config: { cloud, cache } }) => {
    const { kind } = cache;
    const known = kindsOf[cloud];
    if (kind === "valkey" || known.includes(kind)) {
        return [];
    }
    const message = `is a service of ${ownerOf[kind]}, and the stack's cloud is ${cloud}; give ${known.join(" or ")}`;
    return [{ path: "cache.kind", value: kind, message }];
};

/** As in `InstanceArgs.nodeType` of the provider. */
const memorystoreTypes = [
    ...["SHARED_CORE_NANO", "CUSTOM_PICO", "CUSTOM_MICRO", "CUSTOM_MINI", "HIGHMEM_MEDIUM", "HIGHCPU_MEDIUM"],
    ...["HIGHMEM_XLARGE", "STANDARD_SMALL", "STANDARD_LARGE", "HIGHMEM_2XLARGE"],
];

const nodeTypeIsOfTheKind: Rule<CacheConfig> = ({ config: { cache } }) => {
    const given = [
        ["cache.stateNodeType", cache.stateNodeType],
        ["cache.cacheNodeType", cache.cacheNodeType],
    ] as const;
    return given.flatMap(([path, value]): Problem[] => {
        if (value === undefined) {
            return [];
        }
        switch (cache.kind) {
            case "valkey": {
                const message =
                    "has no effect with cache.kind valkey, whose pods have cache.stateMemory and cacheMemory; remove it";
                return [{ path, value, message }];
            }
            case "memorystore": {
                const message = `is not a node type of Memorystore; give one of ${memorystoreTypes.join(", ")}`;
                return memorystoreTypes.includes(value) ? [] : [{ path, value, message }];
            }
            case "elasticache": {
                const message = "is not a node type of ElastiCache; give one such as cache.m7g.large";
                return value.startsWith("cache.") ? [] : [{ path, value, message }];
            }
        }
    });
};

const prodHasFullNodes: Rule<CacheConfig> = ({ config: { tier, cache } }) => {
    const given = [
        ["cache.stateNodeType", cache.stateNodeType],
        ["cache.cacheNodeType", cache.cacheNodeType],
    ] as const;
    const message = "shares its processor with others; give STANDARD_SMALL or cache.m7g.large, or more, in prod";
    return given.flatMap(([path, value = ""]): Problem[] =>
        tier === "prod" && /^(SHARED_|cache\.t)/.test(value) ? [{ path, value, message }] : [],
    );
};

/** Families with durable writes: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Durability.Limitations.html */
const durable = /^cache\.(r8g|r7g|r6g|m8g|m7g|m6g|c8gn|c7gn)\./;

/** Carts and sessions survive the loss of a shard's nodes only if their writes go to a log (CA-06). */
const stateIsDurable: Rule<CacheConfig> = ({ config: { cache } }) => {
    const { kind, replicasPerShard, stateNodeType = "" } = cache;
    const path = "cache.stateNodeType";
    const message =
        "has no durable writes, which valkey-state has where its shards have replicas; give one of the families r8g, " +
        "r7g, r6g, m8g, m7g, m6g, c8gn and c7gn, or cache.replicasPerShard 0";
    return kind === "elasticache" &&
        replicasPerShard > 0 &&
        stateNodeType.startsWith("cache.") &&
        !durable.test(stateNodeType)
        ? [{ path, value: stateNodeType, message }]
        : [];
};

/** The keys of the stack file that a rule looks at. */
interface GivenKeys {
    readonly cache?: { readonly backup?: object | undefined } | undefined;
}

/** Copies of pods' data; managed clusters have backups of their own service. */
const backupIsOfPods: Rule<CacheConfig, GivenKeys> = ({ settings, config: { cache } }) => {
    const value = settings.cache?.backup;
    const message = `has no effect with cache.kind ${cache.kind}, which has backups of its own; remove it`;
    return value === undefined || cache.kind === "valkey" ? [] : [{ path: "cache.backup", value, message }];
};

/** Rules about managed clusters. */
export const managedRules: readonly Rule<CacheConfig, GivenKeys>[] = [
    kindIsOfTheCloud,
    nodeTypeIsOfTheKind,
    prodHasFullNodes,
    stateIsDurable,
    backupIsOfPods,
];
