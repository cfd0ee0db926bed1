import { quantity } from "../../config/quantity";
import type { DatabaseSettings } from "./config";

/** CPU that an instance may use: at least one core, so that it starts quickly in dev too. */
export function cpuLimit({ cpu }: Pick<DatabaseSettings, "cpu">): number {
    return Math.max(quantity(cpu), 1);
}

function megabytes(value: number): string {
    return `${Math.floor(value)}MB`;
}

/** PostgreSQL's parameters, computed from the instance's memory, CPU, volumes and connections. */
export function postgresParameters(
    database: Pick<DatabaseSettings, "cpu" | "maxConnections" | "memory" | "walGiB">,
): Record<string, string> {
    const { maxConnections, walGiB } = database;
    const memory = quantity(database.memory) / 2 ** 20;
    const sharedBuffers = memory / 4;
    // A statement uses it for each sort and hash: with three for every connection, all together fit beside the cache.
    const workMemory = Math.min(Math.max((memory - sharedBuffers) / (maxConnections * 3), 1), 64);
    return {
        max_connections: String(maxConnections),
        shared_buffers: megabytes(sharedBuffers),
        // What the planner assumes to be cached, in shared buffers and by the kernel in the rest of the pod's memory.
        effective_cache_size: megabytes((memory * 3) / 4),
        work_mem: megabytes(workMemory),
        maintenance_work_mem: megabytes(Math.min(Math.max(memory / 16, 64), 2048)),
        max_parallel_workers: String(Math.max(Math.ceil(cpuLimit(database)), 2)),
        max_parallel_workers_per_gather: "2",
        // SSDs: a random read costs little more than a sequential one, and many run at once.
        random_page_cost: "1.1",
        effective_io_concurrency: "200",
        // The least that is lost with the primary's disk: a log segment is archived after five minutes at most (DB-06, X18).
        archive_timeout: "5min",
        wal_compression: "on",
        checkpoint_timeout: "15min",
        checkpoint_completion_target: "0.9",
        min_wal_size: megabytes(walGiB * 1024 * 0.1),
        max_wal_size: megabytes(walGiB * 1024 * 0.4),
        // A replica that is gone for long is cloned again: its log must not fill the primary's volume (DB-20).
        max_slot_wal_keep_size: megabytes(walGiB * 1024 * 0.5),
        // Roles that may lose a commit set `local`: catalog/database.ts (DB-03, X15).
        synchronous_commit: "on",
        // The primary keeps rows that a replica's query reads; otherwise long queries there are cancelled.
        hot_standby_feedback: "on",
        password_encryption: "scram-sha-256",
        idle_in_transaction_session_timeout: "60s",
        // Queries slower than the objective (DB-11), without the values of their parameters, which are customers' data.
        log_min_duration_statement: "100ms",
        log_parameter_max_length: "0",
        log_parameter_max_length_on_error: "0",
        log_lock_waits: "on",
        track_io_timing: "on",
        // CloudNativePG loads and creates the extension because these are set (DB-11).
        "pg_stat_statements.max": "10000",
        "pg_stat_statements.track": "all",
    };
}
