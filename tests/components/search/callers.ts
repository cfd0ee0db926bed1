import type { Shipped } from "../shipped";

/** What the caller of Elasticsearch has in its environment: the index that its role may use (SE-01). */
export const searchVariables = {
    ELASTICSEARCH_ADDRESS: "search-es-http.data.svc.cluster.local:9200",
    ELASTICSEARCH_INDEX: "product",
    ELASTICSEARCH_CREDENTIALS: "/var/run/secrets/stores/elasticsearch",
} as const;

/** What it waits for; a replica of the stack has the operator only (CL-18). */
export function searchWaits({ replica }: Pick<Shipped, "replica">): string[] {
    return replica
        ? ["Release eck"]
        : ["Certificate search-elasticsearch-certificate", "Elasticsearch search-elasticsearch"];
}
