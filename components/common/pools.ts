import type { PoolName } from "../../catalog/types";

/** Label of every node of ours; its value is the pool's name. */
export const poolLabel = "workload";

/** A node taint as Kubernetes writes it; a pod's toleration has the same three fields. */
export interface PoolTaint {
    readonly key: string;
    readonly value: string;
    readonly effect: "NoSchedule";
}

/**
 * What keeps other pods off a pool's nodes; the app pool takes every pod, and so do those of the compact profile (CL-05
 * to CL-07, CL-12, CL-15).
 */
export const poolTaints: Readonly<Record<PoolName, PoolTaint | undefined>> = {
    app: undefined,
    database: { key: poolLabel, value: "database", effect: "NoSchedule" },
    cache: { key: poolLabel, value: "cache", effect: "NoSchedule" },
    payment: { key: "pci", value: "true", effect: "NoSchedule" },
    // A spot node may go within seconds: only who said that it minds nothing lands there (CL-12).
    spot: { key: poolLabel, value: "spot", effect: "NoSchedule" },
    // Three nodes are all that there is: a taint would leave add-ons and the system without a place (CL-15).
    frontend: undefined,
    backend: undefined,
    data: undefined,
};

/** Labels of a pool's nodes: what a pod's node affinity asks for. */
export const poolLabels: Readonly<Record<PoolName, Readonly<Record<string, string>>>> = {
    app: { [poolLabel]: "app" },
    database: { [poolLabel]: "database" },
    cache: { [poolLabel]: "cache" },
    // Payments ask for this one, so that the card-data scope is visible on the node (CL-07).
    payment: { [poolLabel]: "payment", pci: "true" },
    spot: { [poolLabel]: "spot" },
    frontend: { [poolLabel]: "frontend" },
    backend: { [poolLabel]: "backend" },
    data: { [poolLabel]: "data" },
};
