import type { ClusterEndpoint } from "../../catalog/stores";
import type { Store } from "../layer";

/** Name of the Elasticsearch cluster; its Services, pods and Secrets are named after it. */
export const clusterName = "search";

/** Namespace of the cluster and of its operator. */
export const searchNamespace = "data";

/** ECK's label of the cluster's pods. */
export const nodeLabels = { "elasticsearch.k8s.elastic.co/cluster-name": clusterName } as const;

/** Secret with the certificate of the API, its key and its authority. */
export const httpCertificate = `${clusterName}-http`;

/** Port of Elasticsearch's nodes among themselves. */
export const transportPort = 9300;

/** The Elasticsearch API over TLS (SE-01). */
export const searchEndpoint = {
    kind: "cluster",
    namespace: searchNamespace,
    service: `${clusterName}-es-http`,
    port: 9200,
    podLabels: nodeLabels,
} as const satisfies ClusterEndpoint;

/** The interface of the search layer: the store that services call (SE-01). */
export type Search = Readonly<Record<"elasticsearch", Store>>;
