import type { ClusterEndpoint } from "../../catalog/stores";
import { selectorLabels } from "../common/labels";
import type { LayerConfig } from "./layer-config";
import { pgpoolName, poolerLabels, poolerName, type PoolerType, port, splitService } from "./names";

function pooler(type: PoolerType): ClusterEndpoint {
    return { kind: "cluster", namespace: "data", service: poolerName(type), port, podLabels: poolerLabels(type) };
}

/** Names of the layer's stores. */
export type DatabaseStore = "postgres-rw" | "postgres-ro" | "postgres-split";

/** The endpoints of the stores that a stack has. */
export type DatabaseEndpoints = Readonly<Record<Exclude<DatabaseStore, "postgres-split">, ClusterEndpoint>> &
    Readonly<Partial<Record<"postgres-split", ClusterEndpoint>>>;

/** The poolers in front of PostgreSQL, and Pgpool-II where it is on (DB-07, DB-09, X16). */
export function databaseEndpoints({ database }: Pick<LayerConfig, "database">): DatabaseEndpoints {
    const split: ClusterEndpoint = {
        kind: "cluster",
        namespace: "data",
        service: splitService,
        port,
        podLabels: selectorLabels(pgpoolName),
    };
    const always = { "postgres-rw": pooler("rw"), "postgres-ro": pooler("ro") };
    return database.pgpool.enabled ? { ...always, "postgres-split": split } : always;
}
