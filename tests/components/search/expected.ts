import type { Members, MemberStack } from "../security/members";

/** A job of the snapshots. */
const job = (name: string): Members => ({
    [name]: {
        namespace: "data",
        labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "ecommerce-platform" },
        metrics: [],
        calls: [],
        peers: { "search-es": ["TCP/9200"] },
    },
});

/**
 * The pods of the product search and what they may reach (NW-05); a replica has the operator only (CL-18). Where there is a
 * bucket, the nodes call it, and two jobs call the nodes (BK-06).
 */
export function searchMembers({ cloud, replica = false }: MemberStack): Members {
    const bucket = cloud !== "existing" && !replica;
    return {
        ...(bucket && { ...job("search-snapshots"), ...job("search-restore") }),
        "eck-operator": {
            namespace: "data",
            labels: { "app.kubernetes.io/name": "elastic-operator", "app.kubernetes.io/instance": "eck" },
            webhook: "TCP/9443",
            metrics: ["TCP/8080"],
            calls: ["api-server"],
            peers: { "search-es": ["TCP/9200"] },
        },
        ...(!replica && {
            "search-es": {
                namespace: "data",
                labels: { "elasticsearch.k8s.elastic.co/cluster-name": "search" },
                metrics: [],
                calls: bucket ? ["cloud"] : [],
                peers: { "search-es": ["TCP/9300"] },
            },
        }),
    };
}
