/** One kind of cached data: how long it lives, how it is written and where (CA-04 to CA-08). */
export interface Cache {
    readonly description: string;
    readonly ttlSeconds: number;
    /** `write-through`: the writer updates store and cache; `cache-aside`: the reader fills it on a miss. */
    readonly strategy: "write-through" | "cache-aside" | "background-refresh";
    readonly store: "valkey-state" | "valkey-cache" | "memcached";
}

function defineCaches<Name extends string>(caches: Readonly<Record<Name, Cache>>): Readonly<Record<Name, Cache>> {
    return caches;
}

/** Everything that the shop caches. Sessions and carts live where nothing is ever evicted (CA-06). */
export const caches = defineCaches({
    sessions: {
        description: "Signed-in sessions, dropped on logout and on a password change",
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
        description: "Product pages, dropped by product.updated",
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
        description: "The front page's products, refreshed before they expire",
        ttlSeconds: 30 * 60,
        strategy: "background-refresh",
        store: "valkey-cache",
    },
});

export type CacheName = keyof typeof caches;

/** In-process cache of each service, in MiB; a memory limit leaves this much over the heap (CA-03). */
export const l1CacheMiB = 256;
