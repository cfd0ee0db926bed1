import type { ClusterEndpoint } from "../../catalog/stores";
import { endpointsOnly } from "../layer";

/** Data that must not be evicted and data that may be are in separate stores (CA-01, CA-02, CA-06). */
const endpoints = {
    "valkey-state": {
        kind: "cluster",
        namespace: "cache",
        service: "valkey-state",
        port: 6379,
        podLabels: { "app.kubernetes.io/name": "valkey-state" },
    },
    "valkey-cache": {
        kind: "cluster",
        namespace: "cache",
        service: "valkey-cache",
        port: 6379,
        podLabels: { "app.kubernetes.io/name": "valkey-cache" },
    },
    memcached: {
        kind: "cluster",
        namespace: "cache",
        service: "memcached",
        port: 11211,
        podLabels: { "app.kubernetes.io/name": "memcached" },
    },
} as const satisfies Readonly<Record<string, ClusterEndpoint>>;

/** Key-value stores for sessions, carts and cached data. Their endpoints are declared; their pods are not created yet. */
export const cache = endpointsOnly("cache", endpoints);
