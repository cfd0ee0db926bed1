import type { ClusterEndpoint } from "../../catalog/stores";
import { endpointsOnly } from "../layer";

/** The Elasticsearch API over TLS (SE-01). */
const endpoints = {
    elasticsearch: {
        kind: "cluster",
        namespace: "data",
        service: "search-es-http",
        port: 9200,
        podLabels: { "elasticsearch.k8s.elastic.co/cluster-name": "search" },
    },
} as const satisfies Readonly<Record<string, ClusterEndpoint>>;

/** Elasticsearch for the product search. Its endpoint is declared; its pods are not created yet. */
export const search = endpointsOnly("search", endpoints);
