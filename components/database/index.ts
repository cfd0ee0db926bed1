import type { ClusterEndpoint } from "../../catalog/stores";
import { endpointsOnly } from "../layer";

/** The poolers in front of PostgreSQL (DB-09). */
const endpoints = {
    "postgres-rw": {
        kind: "cluster",
        namespace: "data",
        service: "postgres-pooler-rw",
        port: 5432,
        podLabels: { "cnpg.io/poolerName": "postgres-pooler-rw" },
    },
    "postgres-ro": {
        kind: "cluster",
        namespace: "data",
        service: "postgres-pooler-ro",
        port: 5432,
        podLabels: { "cnpg.io/poolerName": "postgres-pooler-ro" },
    },
} as const satisfies Readonly<Record<string, ClusterEndpoint>>;

/** PostgreSQL for the services. Its endpoints are declared; its pods are not created yet. */
export const database = endpointsOnly("database", endpoints);
