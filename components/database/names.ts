import { platformName } from "../../config/labels";

/** Name of the Cluster; its Services are `postgres-rw`, `postgres-ro` and `postgres-r`. */
export const clusterName = "postgres";

/** Port of PostgreSQL, PgBouncer and Pgpool-II. */
export const port = 5432;

/** Labels of the instances' pods; those of their initialisation have others. */
export const instanceLabels = { "cnpg.io/cluster": clusterName, "cnpg.io/podRole": "instance" } as const;

/** The poolers: one for the primary, one for the replicas. */
export const poolerTypes = ["rw", "ro"] as const;
export type PoolerType = (typeof poolerTypes)[number];

/** Name of a Pooler and of its Service. */
export function poolerName(type: PoolerType): string {
    return `${clusterName}-pooler-${type}`;
}

/** Labels of a pooler's pods. */
export function poolerLabels(type: PoolerType): Readonly<Record<string, string>> {
    return { "cnpg.io/poolerName": poolerName(type) };
}

/** Name of Pgpool-II's Deployment and ConfigMap. */
export const pgpoolName = "pgpool";

/** Name of Pgpool-II's Service. */
export const splitService = `${clusterName}-split`;

/** Label by which CloudNativePG notices a changed Secret at once. */
export const reloaded = { "cnpg.io/reload": "true" } as const;

/** `part-of` of the objects that the operator creates. */
export const inherited = { "app.kubernetes.io/part-of": platformName } as const;
