import type { Tier } from "../../../config/schema";
import type { Shipped } from "../shipped";

const six = ["0-a", "1-a", "2-a", "0-b", "1-b", "2-b"];

/** Members of each Valkey cluster, masters first, and Memcached's pods (CA-01, CA-02, EN-01 to EN-03). */
const pods: Readonly<Record<Tier, { readonly valkey: readonly string[]; readonly memcached: readonly string[] }>> = {
    dev: { valkey: ["0-a"], memcached: ["0"] },
    staging: { valkey: six, memcached: ["0", "1"] },
    prod: { valkey: six, memcached: ["0", "1", "2"] },
};

/** What a caller of a Valkey cluster has in its environment: each node, and a user of its own (SC-07). */
export function valkeyVariables(cluster: "state" | "cache", caller: string, tier: Tier): Record<string, string> {
    const name = `valkey-${cluster}`;
    const prefix = { state: "VALKEY_STATE", cache: "VALKEY_CACHE" }[cluster];
    const nodes = pods[tier].valkey.map((pod) => `${name}-${pod}-0.${name}-nodes.cache.svc.cluster.local:6379`);
    return {
        [`${prefix}_ADDRESS`]: `${name}.cache.svc.cluster.local:6379`,
        [`${prefix}_NODES`]: nodes.join(","),
        [`${prefix}_USER`]: caller,
        [`${prefix}_TLS`]: "true",
        [`${prefix}_CREDENTIALS`]: `/var/run/secrets/stores/${name}`,
    };
}

/** What a caller of Memcached has, which has no users: each node, to hash keys over (CA-02). */
export function memcachedVariables(tier: Tier): Record<string, string> {
    const nodes = pods[tier].memcached.map((pod) => `memcached-${pod}.memcached-nodes.cache.svc.cluster.local:11211`);
    return {
        MEMCACHED_ADDRESS: "memcached.cache.svc.cluster.local:11211",
        MEMCACHED_NODES: nodes.join(","),
        MEMCACHED_TLS: "true",
    };
}

/** What a caller waits for: the formed cluster, or, where it has no pods, the members (CL-18). */
export function valkeyWaits(cluster: "state" | "cache", { replica }: Pick<Shipped, "replica">): string[] {
    const name = `valkey-${cluster}`;
    return replica ? six.map((member) => `StatefulSet ${name}-${member}`) : [`Job ${name}-formed`];
}

export const memcachedWaits: readonly string[] = ["StatefulSet memcached"];

/** Names of the Services in every stack: one for clients, one for the names of pods. */
export const cacheServices = ["memcached", "valkey-cache", "valkey-state"].flatMap((name) => [
    `${name}-nodes`,
    `${name}-service`,
]);
