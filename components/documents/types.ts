import type { ClusterEndpoint } from "../../catalog/stores";
import type { Store } from "../layer";

/** Name of the MongoDB cluster; its Services, pods and Secrets are named after it. */
export const clusterName = "documents";

/** The one replica set. */
export const replicaSet = "rs0";

/** Namespace of the members and of their operator. */
export const documentsNamespace = "data";

export const mongodPort = 27017;

/** The operator's labels of the members, and of no other pods. */
export const memberLabels = {
    "app.kubernetes.io/name": "percona-server-mongodb",
    "app.kubernetes.io/instance": clusterName,
    "app.kubernetes.io/component": "mongod",
    "app.kubernetes.io/replset": replicaSet,
} as const;

/** The members over TLS, behind a Service without an address of its own: clients find the primary by themselves (MG-01). */
export const documentsEndpoint = {
    kind: "cluster",
    namespace: documentsNamespace,
    service: `${clusterName}-${replicaSet}`,
    port: mongodPort,
    podLabels: memberLabels,
} as const satisfies ClusterEndpoint;

/** Full name of the members' Service. */
export const documentsHost = `${documentsEndpoint.service}.${documentsNamespace}.svc.cluster.local`;

/** The interface of the documents layer: the store that services call; none in a stack without it (MG-01, MG-02). */
export type Documents = Readonly<Partial<Record<"mongodb", Store>>>;
