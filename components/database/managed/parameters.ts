import type { ManagedSettings } from "./types";

/** Parameters of PostgreSQL by name, in its base units: kB of memory, milliseconds. */
export type Parameters = Readonly<Record<string, boolean | number | string>>;

/**
 * PostgreSQL's parameters on a managed service, computed from the size of its instances (DB-08, DB-11). As the operator's,
 * without what the services set themselves: caches, the write-ahead log and its archive.
 */
export function managedParameters({
    machine,
    maxConnections,
}: Pick<ManagedSettings, "machine" | "maxConnections">): Parameters {
    const memory = machine.memoryMiB;
    // Three quarters of the memory for three sorts of every connection; the rest is the services' shared buffers.
    const workMemory = Math.min(Math.max((memory * 0.75) / (maxConnections * 3), 1), 64);
    const maintenance = Math.min(Math.max(memory / 16, 64), 2048);
    return {
        max_connections: maxConnections,
        work_mem: Math.floor(workMemory * 1024),
        maintenance_work_mem: Math.floor(maintenance) * 1024,
        max_parallel_workers: Math.max(machine.vcpu, 2),
        // SSDs: a random read costs little more than a sequential one.
        random_page_cost: 1.1,
        // The primary keeps rows that a replica's query reads; otherwise long queries there are cancelled.
        hot_standby_feedback: true,
        password_encryption: "scram-sha-256",
        idle_in_transaction_session_timeout: 60_000,
        // Queries slower than the objective (DB-11), without the values of their parameters, which are customers' data.
        log_min_duration_statement: 100,
        log_parameter_max_length: 0,
        log_parameter_max_length_on_error: 0,
        log_lock_waits: true,
        track_io_timing: true,
    };
}
