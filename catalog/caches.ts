/** One kind of cached data: TTL, write strategy and store (CA-04 to CA-08). */
export interface Cache {
    readonly description: string;
    readonly ttlSeconds: number;
    /** `write-through`: a write updates database and cache; `cache-aside`: a read fills the cache on a miss. */
    readonly strategy: "write-through" | "cache-aside" | "background-refresh";
    readonly store: "valkey-state" | "valkey-cache" | "memcached";
}

function defineCaches<Name extends string>(caches: Readonly<Record<Name, Cache>>): Readonly<Record<Name, Cache>> {
    return caches;
}

/** All cached data. Sessions and carts are in the store that never evicts (CA-06). */
export const caches = defineCaches({
    sessions: {
        description: "Sessions of signed-in users, deleted on logout and on a password change",
        ttlSeconds: 24 * 3600,
        strategy: "write-through",
        store: "valkey-state",
    },
    carts: {
        description: "Shopping carts, backed by the database",
        ttlSeconds: 7 * 24 * 3600,
        strategy: "write-through",
        store: "valkey-state",
    },
    catalogue: {
        description: "Product pages, invalidated by product.updated",
        ttlSeconds: 3600,
        strategy: "cache-aside",
        store: "memcached",
    },
    "search-results": {
        description: "Result pages of the product search",
        ttlSeconds: 15 * 60,
        strategy: "cache-aside",
        store: "valkey-cache",
    },
    "popular-products": {
        description: "Products of the front page, refreshed before they expire",
        ttlSeconds: 30 * 60,
        strategy: "background-refresh",
        store: "valkey-cache",
    },
});

export type CacheName = keyof typeof caches;

/** In-process cache of each service, in MiB; the memory limit includes it in addition to the heap (CA-03). */
export const l1CacheMiB = 256;
