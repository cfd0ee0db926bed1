import type { NamespaceName, PoolName, WorkloadPool } from "../catalog/types";

/** How the platform is laid out over its nodes. */
export const profileNames = ["standard", "compact"] as const;
export type Profile = (typeof profileNames)[number];

/** The pools of the compact profile, one node each, in this order over the zones (CL-15). */
export const compactPools = ["frontend", "backend", "data"] as const;
export type CompactPool = (typeof compactPools)[number];

/** Where the compact profile runs what; whatever is not listed serves requests, and runs with the services. */
const compactNamespaces: Readonly<Partial<Record<NamespaceName, CompactPool>>> = {
    frontend: "frontend",
    // What requests come in through stands beside the pages that it serves.
    ingress: "frontend",
    data: "data",
    cache: "data",
    messaging: "data",
};

/**
 * The pool that a workload's pods run on (CL-04 to CL-07, CL-15).
 *
 * @param workload.pool the pool that it asks for in the standard profile. @default "app"
 */
export function homePool(
    profile: Profile,
    workload: { readonly namespace: NamespaceName; readonly pool?: WorkloadPool },
): PoolName {
    return profile === "compact" ? (compactNamespaces[workload.namespace] ?? "backend") : (workload.pool ?? "app");
}

/** The pools whose machines the volumes of each class are attached to (ST-01). */
export function volumePools(profile: Profile): { readonly fast: PoolName; readonly standard: PoolName } {
    return profile === "compact" ? { fast: "data", standard: "backend" } : { fast: "database", standard: "app" };
}

/**
 * Whether Karpenter adds nodes to the app pool and creates those of the spot pool (CL-03, CL-12): on AWS, but for the
 * compact profile, which has three nodes and no more (CL-15).
 */
export function usesKarpenter({ cloud, profile }: { readonly cloud: string; readonly profile: Profile }): boolean {
    return cloud === "aws" && profile === "standard";
}
