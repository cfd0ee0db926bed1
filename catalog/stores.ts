import type { NamespaceName } from "./types";

/** Address of a store. The layers that create the stores use these names, ports and labels; so does the traffic graph (NW-06). */
export interface Store {
    readonly description: string;
    readonly namespace: NamespaceName;
    /** Name of the Service in that namespace. */
    readonly service: string;
    /** Port of the pods and of the Service. */
    readonly port: number;
    /** Labels that select the pods behind the Service. */
    readonly podLabels: Readonly<Record<string, string>>;
}

function defineStores<Name extends string>(stores: Readonly<Record<Name, Store>>): Readonly<Record<Name, Store>> {
    return stores;
}

/** Every store of the platform, by the name that workloads use in `calls`. */
export const stores = defineStores({
    "postgres-rw": {
        description: "PgBouncer in front of the PostgreSQL primary",
        namespace: "data",
        service: "postgres-pooler-rw",
        port: 5432,
        podLabels: { "cnpg.io/poolerName": "postgres-pooler-rw" },
    },
    "postgres-ro": {
        description: "PgBouncer in front of the PostgreSQL replicas",
        namespace: "data",
        service: "postgres-pooler-ro",
        port: 5432,
        podLabels: { "cnpg.io/poolerName": "postgres-pooler-ro" },
    },
    "valkey-state": {
        description: "Valkey cluster that never evicts: sessions and carts",
        namespace: "cache",
        service: "valkey-state",
        port: 6379,
        podLabels: { "app.kubernetes.io/name": "valkey-state" },
    },
    "valkey-cache": {
        description: "Valkey cluster with LRU eviction: search results and popular products",
        namespace: "cache",
        service: "valkey-cache",
        port: 6379,
        podLabels: { "app.kubernetes.io/name": "valkey-cache" },
    },
    memcached: {
        description: "Memcached: the product catalogue",
        namespace: "cache",
        service: "memcached",
        port: 11211,
        podLabels: { "app.kubernetes.io/name": "memcached" },
    },
    kafka: {
        description: "Kafka brokers, TLS listener",
        namespace: "messaging",
        service: "shop-kafka-bootstrap",
        port: 9093,
        podLabels: { "strimzi.io/cluster": "shop", "strimzi.io/kind": "Kafka" },
    },
    elasticsearch: {
        description: "Elasticsearch: product search",
        namespace: "data",
        service: "search-es-http",
        port: 9200,
        podLabels: { "elasticsearch.k8s.elastic.co/cluster-name": "search" },
    },
});

export type StoreName = keyof typeof stores;
