import type { Store } from "../layer";

export type { CacheConfig } from "./config";

/** The interface of the cache layer: the stores that services call (CA-01, CA-02). */
export interface Caches {
    /** Sessions and carts: never evicts, writes an append-only file. */
    readonly "valkey-state": Store;
    /** Cached data: evicts the least recently used. */
    readonly "valkey-cache": Store;
    readonly memcached: Store;
}
