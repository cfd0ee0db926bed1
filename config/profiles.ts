import type { NamespaceName, PoolName, WorkloadPool } from "../catalog/types";

/** How pods are distributed over node pools. */
export const profileNames = ["standard", "compact"] as const;
export type Profile = (typeof profileNames)[number];

/** The pools of the compact profile, one node each, in this order over the zones (CL-15). */
export const compactPools = ["frontend", "backend", "data"] as const;
export type CompactPool = (typeof compactPools)[number];

/** Pools of the namespaces in the compact profile; all others run on the backend pool. */
const compactNamespaces: Readonly<Partial<Record<NamespaceName, CompactPool>>> = {
    frontend: "frontend",
    // The gateway runs with the frontend, which serves the pages.
    ingress: "frontend",
    data: "data",
    cache: "data",
    messaging: "data",
};

/**
 * The pool that a workload's pods run on (CL-04 to CL-07, CL-15).
 *
 * @param workload.pool its pool in the standard profile. @default "app"
 */
export function homePool(
    profile: Profile,
    workload: { readonly namespace: NamespaceName; readonly pool?: WorkloadPool },
): PoolName {
    return profile === "compact" ? (compactNamespaces[workload.namespace] ?? "backend") : (workload.pool ?? "app");
}

/** The pools whose machines attach the volumes of each class (ST-01). */
export function volumePools(profile: Profile): { readonly fast: PoolName; readonly standard: PoolName } {
    return profile === "compact" ? { fast: "data", standard: "backend" } : { fast: "database", standard: "app" };
}

/**
 * Whether Karpenter adds nodes to the app pool and creates those of the spot pool (CL-03, CL-12): on AWS, except in the
 * compact profile, which has exactly three nodes (CL-15).
 */
export function usesKarpenter({ cloud, profile }: { readonly cloud: string; readonly profile: Profile }): boolean {
    return cloud === "aws" && profile === "standard";
}
