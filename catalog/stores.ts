import type { NamespaceName } from "./types";

/** What a caller of a store may do with it; roles, ACLs and credentials follow from it. */
export type StoreAccess = "read" | "read-write" | "write";

/** A store that workloads may call. Where it answers is declared by the layer that creates it. */
export interface Store {
    readonly description: string;
    readonly kind: "relational" | "cache" | "queue" | "search" | "document";
    /** The most that a caller may do; a queue's caller that produces nothing only reads. */
    readonly access: StoreAccess;
}

function defineStores<Name extends string>(stores: Readonly<Record<Name, Store>>): Readonly<Record<Name, Store>> {
    return stores;
}

/** The stores of the shop by the name that workloads call them by. */
export const stores = defineStores({
    "postgres-rw": { description: "PostgreSQL primary, by PgBouncer", kind: "relational", access: "read-write" },
    "postgres-ro": { description: "PostgreSQL replicas, by PgBouncer", kind: "relational", access: "read" },
    "valkey-state": {
        description: "Valkey cluster that never evicts: sessions and carts",
        kind: "cache",
        access: "read-write",
    },
    "valkey-cache": {
        description: "Valkey cluster that evicts the least recently used: search results and popular products",
        kind: "cache",
        access: "read-write",
    },
    memcached: { description: "Memcached: the product catalogue", kind: "cache", access: "read-write" },
    kafka: { description: "Kafka brokers, TLS listener", kind: "queue", access: "read-write" },
    elasticsearch: { description: "Elasticsearch: product search", kind: "search", access: "read-write" },
    // Only where `database.documents` is mongodb. No service of the catalogue calls it.
    mongodb: { description: "MongoDB: documents, optional", kind: "document", access: "read-write" },
});

export type StoreName = keyof typeof stores;

/** A store whose pods run in the cluster. */
export interface ClusterEndpoint {
    readonly kind: "cluster";
    readonly namespace: NamespaceName;
    /** Name of the Service in that namespace. */
    readonly service: string;
    /** Port of the pods and of the Service. */
    readonly port: number;
    /** Labels that select the pods behind the Service. */
    readonly podLabels: Readonly<Record<string, string>>;
}

/** A store outside the cluster, such as Cloud SQL or RDS. Its host name is known when it has been created. */
export interface OutsideEndpoint {
    readonly kind: "outside";
    readonly port: number;
    /** Addresses that it can have, as a CIDR block: what a NetworkPolicy opens. */
    readonly range: string;
    /** First and last port of its nodes, to which the store sends its clients. @default none besides {@link port} */
    readonly nodePorts?: readonly [first: number, last: number];
    /** Whether callers authenticate with their cloud identity, whose credentials the node serves. @default false */
    readonly cloudIdentity?: boolean;
}

/** Where a store answers, as far as it is known before anything is created (NW-06). */
export type StoreEndpoint = ClusterEndpoint | OutsideEndpoint;

/** Endpoints by the name of the store. */
export type StoreEndpoints = Readonly<Record<string, StoreEndpoint>>;
