import type { PoolName } from "../../catalog/types";

/** Label of every node; its value is the pool's name. */
export const poolLabel = "workload";

/** A node taint; a pod's toleration has the same three fields. */
export interface PoolTaint {
    readonly key: string;
    readonly value: string;
    readonly effect: "NoSchedule";
}

/**
 * Taints of the pools' nodes. The app pool accepts every pod, and so do the pools of the compact profile (CL-05 to CL-07,
 * CL-12, CL-15).
 */
export const poolTaints: Readonly<Record<PoolName, PoolTaint | undefined>> = {
    app: undefined,
    database: { key: poolLabel, value: "database", effect: "NoSchedule" },
    cache: { key: poolLabel, value: "cache", effect: "NoSchedule" },
    payment: { key: "pci", value: "true", effect: "NoSchedule" },
    // Spot nodes are removed at short notice: only for pods that tolerate it explicitly (CL-12).
    spot: { key: poolLabel, value: "spot", effect: "NoSchedule" },
    // The profile has three nodes: with taints, add-ons and system pods could not be scheduled (CL-15).
    frontend: undefined,
    backend: undefined,
    data: undefined,
};

/** Labels of a pool's nodes, which the pods' node affinity selects. */
export const poolLabels: Readonly<Record<PoolName, Readonly<Record<string, string>>>> = {
    app: { [poolLabel]: "app" },
    database: { [poolLabel]: "database" },
    cache: { [poolLabel]: "cache" },
    // Payment pods select `pci`, which marks the nodes in PCI DSS scope (CL-07).
    payment: { [poolLabel]: "payment", pci: "true" },
    spot: { [poolLabel]: "spot" },
    frontend: { [poolLabel]: "frontend" },
    backend: { [poolLabel]: "backend" },
    data: { [poolLabel]: "data" },
};
