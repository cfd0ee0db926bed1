import type * as pulumi from "@pulumi/pulumi";

/** A sharded key-value store that speaks the Redis protocol over TLS (CA-01). */
export interface KeyValueStore {
    /** `host:port` of each node that a cluster client may start from. */
    readonly endpoints: pulumi.Output<string[]>;
}

/** What the cache layer promises: what must not be lost is kept apart from what may be (CA-06). */
export interface Caches {
    /** Sessions and carts: evicts nothing, persists every write. */
    readonly state: KeyValueStore;
    /** Search results and popular products: evicts the least recently used. */
    readonly lru: KeyValueStore;
    /** `host:port` of each memcached node, for consistent hashing by the client (CA-02). */
    readonly memcached: pulumi.Output<string[]>;
}
