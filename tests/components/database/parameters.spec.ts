import assert from "node:assert/strict";

import { cpuLimit, postgresParameters } from "../../../components/database/parameters";

const same = {
    max_parallel_workers_per_gather: "2",
    random_page_cost: "1.1",
    effective_io_concurrency: "200",
    archive_timeout: "5min",
    wal_compression: "on",
    checkpoint_timeout: "15min",
    checkpoint_completion_target: "0.9",
    synchronous_commit: "on",
    hot_standby_feedback: "on",
    password_encryption: "scram-sha-256",
    idle_in_transaction_session_timeout: "60s",
    log_min_duration_statement: "100ms",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    log_lock_waits: "on",
    track_io_timing: "on",
    "pg_stat_statements.max": "10000",
    "pg_stat_statements.track": "all",
};

describe("PostgreSQL's parameters", () => {
    it("are computed from memory, CPU, volumes and connections (DB-06, DB-08, DB-11)", () => {
        assert.deepEqual(postgresParameters({ cpu: "6", memory: "24Gi", maxConnections: 700, walGiB: 50 }), {
            ...same,
            max_connections: "700",
            shared_buffers: "6144MB",
            effective_cache_size: "18432MB",
            // (24576 - 6144) / (700 x 3) = 8.8
            work_mem: "8MB",
            maintenance_work_mem: "1536MB",
            max_parallel_workers: "6",
            min_wal_size: "5120MB",
            max_wal_size: "20480MB",
            max_slot_wal_keep_size: "25600MB",
        });
    });

    it("have lower bounds on a laptop", () => {
        assert.deepEqual(postgresParameters({ cpu: "250m", memory: "512Mi", maxConnections: 200, walGiB: 5 }), {
            ...same,
            max_connections: "200",
            shared_buffers: "128MB",
            effective_cache_size: "384MB",
            // 384 / 600 = 0.64
            work_mem: "1MB",
            maintenance_work_mem: "64MB",
            max_parallel_workers: "2",
            min_wal_size: "512MB",
            max_wal_size: "2048MB",
            max_slot_wal_keep_size: "2560MB",
        });
    });

    it("have upper bounds on a large machine", () => {
        const large = postgresParameters({ cpu: "7500m", memory: "128Gi", maxConnections: 100, walGiB: 100 });
        assert.deepEqual(
            [large["work_mem"], large["maintenance_work_mem"], large["max_parallel_workers"]],
            ["64MB", "2048MB", "8"],
        );
    });

    it("allow an instance one core at least", () => {
        assert.deepEqual([cpuLimit({ cpu: "250m" }), cpuLimit({ cpu: "1500m" }), cpuLimit({ cpu: "6" })], [1, 1.5, 6]);
    });
});
