import type { JsonObject } from "../../../tools/plan";
import { sharedPlan } from "../../stacks/plans";
import type { Settings } from "../harness/postgres";

/** What the plan of prod gives PostgreSQL and what is in front of it. */
export interface Rendered {
    /** Names of the replicas, as the primary's synchronous standbys. */
    readonly replicas: readonly string[];
    /** `postgresql.conf` of every instance, with the operator's settings for the synchronous standbys. */
    readonly settings: Settings;
    /** Parameters of PgBouncer in front of the primary and of the replicas. */
    readonly poolers: Readonly<Record<"rw" | "ro", Readonly<Record<string, string>>>>;
    /** Files of Pgpool-II's ConfigMap by name. */
    readonly pgpool: Readonly<Record<string, string>>;
}

/**
 * Settings that the suite's machine has no room for, or that need what it has not. All others are the plan's. The size of the
 * cache and of the kept log changes how fast it is, not what is kept.
 */
const scaled: Settings = {
    shared_buffers: "64MB",
    min_wal_size: "80MB",
    max_wal_size: "512MB",
    max_slot_wal_keep_size: "512MB",
};

/** Reads the plan of prod on GCP. */
export async function rendered(): Promise<Rendered> {
    const { resources } = await sharedPlan("prod", "gcp");
    const spec = (kind: string, name: string): JsonObject => {
        const found = resources.find(
            ({ inputs }) =>
                inputs["kind"] === kind && (inputs["metadata"] as JsonObject | undefined)?.["name"] === name,
        );
        return found?.inputs ?? {};
    };
    const cluster = spec("Cluster", "postgres")["spec"] as {
        readonly instances: number;
        readonly postgresql: {
            readonly parameters: Settings;
            readonly synchronous: { readonly method: string; readonly number: number };
        };
    };
    const { parameters, synchronous } = cluster.postgresql;
    const replicas = [...Array(cluster.instances - 1).keys()].map((index) => `postgres_${index + 2}`);
    const pooler = (type: "rw" | "ro"): Readonly<Record<string, string>> => {
        const { pgbouncer } = spec("Pooler", `postgres-pooler-${type}`)["spec"] as {
            readonly pgbouncer: { readonly poolMode: string; readonly parameters: Readonly<Record<string, string>> };
        };
        return { ...pgbouncer.parameters, pool_mode: pgbouncer.poolMode };
    };
    const pgpool = spec("ConfigMap", "pgpool")["data"] as Readonly<Record<string, string>>;
    return {
        replicas,
        settings: {
            ...parameters,
            ...scaled,
            // As the operator writes it. https://cloudnative-pg.io/docs/1.30/replication#synchronous-replication
            synchronous_standby_names: `${synchronous.method.toUpperCase()} ${synchronous.number} (${replicas.join(", ")})`,
            // Loaded by the operator where its parameters are set.
            shared_preload_libraries: "pg_stat_statements",
        },
        poolers: { rw: pooler("rw"), ro: pooler("ro") },
        pgpool,
    };
}
