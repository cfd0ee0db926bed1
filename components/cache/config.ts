import { hasBucket } from "../../config/clouds";
import { checked, group, oneOf, text, whole } from "../../config/fields";
import { isCron } from "../../config/formats";
import { configPart, defaultOn, defined } from "../../config/part";
import type { Tier } from "../../config/schema";
import { cacheKinds, type CacheKind, managedRules, nodeTypesOf } from "./config-managed";
import { cacheRules } from "./config-rules";

/** The configuration of the cache layer. */
export interface CacheConfig {
    readonly cache: {
        /** Who runs the key-value stores. */
        readonly kind: CacheKind;
        /** Masters of each Valkey cluster (CA-01). */
        readonly shards: number;
        /** Replicas of each master (CA-01). */
        readonly replicasPerShard: number;
        /** Memory of each pod of the cluster with sessions and carts. */
        readonly stateMemory: string;
        /** Memory of each pod of the cluster that evicts. */
        readonly cacheMemory: string;
        /** Machine of each node of a managed `valkey-state`; pods have none. */
        readonly stateNodeType?: string;
        /** Machine of each node of a managed `valkey-cache`; pods have none. */
        readonly cacheNodeType?: string;
        readonly memcached: {
            readonly replicas: number;
            /** Memory of each pod. */
            readonly memory: string;
        };
        /** Copies of `valkey-state` in the stack's bucket. */
        readonly backup: {
            /** Five cron fields, UTC. */
            readonly schedule: string;
            readonly retentionDays: number;
            /** Whether the stack has a bucket for them. */
            readonly enabled: boolean;
        };
    };
}

type CacheTier = Omit<CacheConfig["cache"], "backup" | "stateNodeType" | "cacheNodeType"> & {
    readonly backup: Omit<CacheConfig["cache"]["backup"], "enabled">;
};

/** Every six hours, beside the hour of the database's backup; a week, which is how long a cart lives (CA-06). */
const backup = { schedule: "20 */6 * * *", retentionDays: 7 };

const tiers: Readonly<Record<Tier, CacheTier>> = {
    dev: {
        kind: "valkey",
        // One master with every slot: clients speak the cluster's protocol as they do in prod.
        shards: 1,
        replicasPerShard: 0,
        stateMemory: "256Mi",
        cacheMemory: "256Mi",
        memcached: { replicas: 1, memory: "128Mi" },
        backup,
    },
    staging: {
        kind: "valkey",
        // As in prod, so that a failover is tested before prod needs it; less memory.
        shards: 3,
        replicasPerShard: 1,
        stateMemory: "512Mi",
        cacheMemory: "512Mi",
        // Two, so that clients distribute keys.
        memcached: { replicas: 2, memory: "512Mi" },
        backup,
    },
    prod: {
        kind: "valkey",
        // The six nodes of the sources: three masters, three replicas (CA-01, X2).
        shards: 3,
        replicasPerShard: 1,
        stateMemory: "2Gi",
        cacheMemory: "2Gi",
        // Three, not two: the loss of one costs a third of the catalogue's pages (CA-02, X3).
        memcached: { replicas: 3, memory: "2Gi" },
        backup,
    },
};

const memory = (description: string) =>
    text(description, /^(?!0+[MG])[0-9]+(Mi|Gi)$/, 'a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"');

const nodeType = (description: string) =>
    text(
        description,
        /^(cache\.[a-z0-9]+\.[a-z0-9]+|[A-Z0-9]+(_[A-Z0-9]+)+)$/,
        "a node type of Memorystore such as STANDARD_SMALL, or of ElastiCache such as cache.m7g.large",
    );

/** The cache layer's keys. */
export const cacheConfig = configPart({
    name: "cache",
    shape: {
        cache: group("Valkey for sessions, carts and cached data, Memcached for the catalogue (CA-01, CA-02)", {
            kind: oneOf(
                "What runs `valkey-state` and `valkey-cache`: pods, Memorystore for Valkey (GCP) or ElastiCache (AWS); chosen before the first deployment, since keys are not copied",
                cacheKinds,
            ).optional(),
            shards: whole("Masters of each Valkey cluster, 1 or at least 3", 1, 30).optional(),
            replicasPerShard: whole("Replicas of each master, each in a zone of its own", 0, 2).optional(),
            stateMemory: memory("Memory of each pod of valkey-state").optional(),
            cacheMemory: memory("Memory of each pod of valkey-cache").optional(),
            stateNodeType: nodeType("Machine of each node of a managed valkey-state").optional(),
            cacheNodeType: nodeType("Machine of each node of a managed valkey-cache").optional(),
            memcached: group("Memcached", {
                replicas: whole("Pods, among which clients distribute the keys", 1, 15).optional(),
                memory: memory("Memory of each pod").optional(),
            }).optional(),
            backup: group("Copies of valkey-state in the stack's bucket; an existing cluster has none (BK-06)", {
                schedule: checked("Start, UTC", isCron, "five fields, such as 20 */6 * * *").optional(),
                retentionDays: whole("Days that a copy is kept", 1, 365).optional(),
            }).optional(),
        }).optional(),
    },
    tiers,
    resolve: ({ cache }, { tier, cloud, role }): CacheConfig => {
        const { memcached, backup: copies, ...own } = defined(cache);
        const fallback = tiers[tier];
        const kind = own.kind ?? fallback.kind;
        return {
            cache: {
                ...fallback,
                ...nodeTypesOf(kind, tier),
                ...defined(own),
                memcached: { ...fallback.memcached, ...defined(memcached) },
                // A replica of the stack has nothing to copy, and may not write its primary's bucket (CL-18).
                backup: {
                    ...fallback.backup,
                    ...defined(copies),
                    // Managed clusters have backups of their own service.
                    enabled: hasBucket[cloud] && role === "primary" && kind === "valkey",
                },
            },
        };
    },
    rules: [...cacheRules, ...managedRules],
    defaults: {
        "cache.kind": ({ cache }) => cache.kind,
        "cache.shards": ({ cache }) => cache.shards,
        "cache.replicasPerShard": ({ cache }) => cache.replicasPerShard,
        "cache.stateMemory": ({ cache }) => cache.stateMemory,
        "cache.cacheMemory": ({ cache }) => cache.cacheMemory,
        "cache.stateNodeType": ({ cache }) => cache.stateNodeType,
        "cache.cacheNodeType": ({ cache }) => cache.cacheNodeType,
        "cache.memcached.replicas": ({ cache }) => cache.memcached.replicas,
        "cache.memcached.memory": ({ cache }) => cache.memcached.memory,
        "cache.backup.schedule": defaultOn(["gcp", "aws"], ({ cache }: CacheConfig) => cache.backup.schedule),
        "cache.backup.retentionDays": defaultOn(["gcp", "aws"], ({ cache }: CacheConfig) => cache.backup.retentionDays),
    },
});
