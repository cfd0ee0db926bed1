import assert from "node:assert/strict";

import { healthCheck, passwordLine, pgpoolConf, poolHba } from "../../../components/database/pgpool-config";

const expected = [
    "backend_clustering_mode = 'streaming_replication'",
    "listen_addresses = '*'",
    "port = 5432",
    "unix_socket_directories = '/var/run/pgpool'",
    "pcp_listen_addresses = ''",
    "pcp_socket_dir = '/var/run/pgpool'",
    "pid_file_name = '/var/run/pgpool/pgpool.pid'",
    "logdir = '/var/run/pgpool'",
    "backend_hostname0 = 'postgres-rw'",
    "backend_port0 = 5432",
    "backend_weight0 = 0",
    "backend_flag0 = 'ALWAYS_PRIMARY|ALLOW_TO_FAILOVER'",
    "backend_hostname1 = 'postgres-ro'",
    "backend_port1 = 5432",
    "backend_weight1 = 1",
    "backend_flag1 = 'DISALLOW_TO_FAILOVER'",
    "failover_command = ''",
    "follow_primary_command = ''",
    "failback_command = ''",
    "failover_on_backend_error = off",
    "failover_on_backend_shutdown = off",
    "auto_failback = off",
    "use_watchdog = off",
    "num_init_children = 50",
    "max_pool = 4",
    "connection_cache = on",
    "child_life_time = 300",
    "connection_life_time = 600",
    "client_idle_limit = 300",
    "load_balance_mode = on",
    "statement_level_load_balance = on",
    "disable_load_balance_on_write = 'always'",
    "delay_threshold = 1048576",
    "sr_check_period = 5",
    "sr_check_user = 'pgpool'",
    "sr_check_database = 'postgres'",
    "health_check_period = 5",
    "health_check_timeout = 5",
    "health_check_max_retries = 2",
    "health_check_retry_delay = 1",
    "health_check_user = 'pgpool'",
    "health_check_database = 'postgres'",
    "connect_timeout = 5000",
    "memory_cache_enabled = off",
    "enable_pool_hba = on",
    "pool_passwd = '/var/run/secrets/pgpool/pool_passwd'",
    "allow_clear_text_frontend_auth = off",
    "authentication_timeout = '30s'",
    "ssl = on",
    "ssl_cert = '/var/run/secrets/certificate/tls.crt'",
    "ssl_key = '/var/run/secrets/certificate/tls.key'",
    "ssl_ca_cert = '/var/run/secrets/certificate/ca.crt'",
    "ssl_prefer_server_ciphers = on",
    "log_destination = 'stderr'",
    "log_statement = off",
    "log_per_node_statement = off",
];

describe("Pgpool-II's configuration", () => {
    it("balances reads, keeps a session's own writes, and never promotes (DB-05, DB-07, DB-08, X17)", () => {
        const conf = pgpoolConf({ enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 0 });
        assert.deepEqual(conf.split("\n"), [...expected, ""]);
    });

    it("finds a dead node within 30 seconds (DB-05)", () => {
        const { period, timeout, maxRetries, retryDelay } = healthCheck;
        assert.equal(period + timeout * (maxRetries + 1) + retryDelay * maxRetries, 22);
    });

    it("has sessions and pools of the configuration (DB-08)", () => {
        const lines = pgpoolConf({ enabled: true, instances: 1, children: 10, pools: 2, queryCacheSeconds: 0 }).split(
            "\n",
        );
        assert.ok(lines.includes("num_init_children = 10") && lines.includes("max_pool = 2"));
    });

    it("keeps results for the configured time only, in the one folder that it writes (DB-07)", () => {
        const settings = { enabled: true, instances: 2, children: 50, pools: 4, queryCacheSeconds: 30 };
        const added = pgpoolConf(settings)
            .split("\n")
            .filter((line) => !expected.includes(line) && line !== "");
        assert.deepEqual(added, [
            "memory_cache_enabled = on",
            "memqcache_method = 'shmem'",
            "memqcache_total_size = 67108864",
            "memqcache_max_num_cache = 65536",
            "memqcache_expire = 30",
            "memqcache_auto_cache_invalidation = on",
            "memqcache_oiddir = '/var/run/pgpool/oiddir'",
        ]);
    });

    it("authenticates every client with a password over TLS", () => {
        assert.equal(poolHba, "hostssl all all all scram-sha-256\n");
        assert.equal(passwordLine("order_service", "x1"), "order_service:TEXTx1\n");
    });
});
