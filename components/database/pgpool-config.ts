import type { DatabaseSettings } from "./config";
import { clusterName, pgpoolName, port } from "./names";

/** Folders of Pgpool-II's container. */
export const pgpoolFolders = {
    config: "/etc/pgpool",
    /** File `pool_passwd`: users and passwords, from a Secret. */
    passwords: "/var/run/secrets/pgpool",
    certificate: "/var/run/secrets/certificate",
    /** The authorities of a managed service. */
    authority: "/var/run/secrets/authority",
    /** Sockets, the process id, the state of the nodes and the control port's password: the only writable path. */
    run: "/var/run/pgpool",
    programs: "/opt/pgpool-II/bin",
} as const;

/** Name of the file in the Secret of passwords. */
export const passwordFile = "pool_passwd";

/** Number of the primary's backend. */
const primaryNode = 0;

/**
 * How Pgpool-II finds a dead node: every 5 s, at most 5 s a try and two more tries after 1 s each, so 5 + 3 x 5 + 2 x 1 =
 * 22 s at most; DB-05 asks for 30.
 */
export const healthCheck = { period: 5, timeout: 5, maxRetries: 2, retryDelay: 1 } as const;

type Value = string | number | boolean;

/** A setting in Pgpool-II's format. */
function line([key, value]: readonly [string, Value]): string {
    const text = typeof value === "string" ? `'${value}'` : typeof value === "boolean" ? (value ? "on" : "off") : value;
    return `${key} = ${text}`;
}

/** The servers behind Pgpool-II, each by its address. */
export interface PgpoolServers {
    readonly primary: string;
    /** Without a replica, the primary serves reads too. */
    readonly replicas: readonly string[];
    /** File of the authority that issued the servers' certificates. */
    readonly authority: string;
}

/** Services of the operator, which follow the roles of the instances. */
const operatorServers: PgpoolServers = {
    primary: `${clusterName}-rw`,
    replicas: [`${clusterName}-ro`],
    authority: `${pgpoolFolders.certificate}/ca.crt`,
};

function backend(index: number, host: string, weight: number, flags: string): Record<string, Value> {
    return {
        [`backend_hostname${index}`]: host,
        [`backend_port${index}`]: port,
        [`backend_weight${index}`]: weight,
        [`backend_flag${index}`]: flags,
    };
}

/**
 * Results of SELECTs in the pod's shared memory, deleted when a session of the same pod writes to one of their tables, and
 * after `seconds`: a write through another pod, or past Pgpool-II, deletes none (DB-07).
 */
function queryCache(seconds: number): Readonly<Record<string, Value>> {
    if (seconds === 0) {
        return { memory_cache_enabled: false };
    }
    return {
        memory_cache_enabled: true,
        memqcache_method: "shmem",
        // 64 MiB, and 48 bytes for each of as many results as fit when they have 1 KiB: of 512 MiB that the pod has.
        memqcache_total_size: 67_108_864,
        memqcache_max_num_cache: 65_536,
        memqcache_expire: seconds,
        memqcache_auto_cache_invalidation: true,
        // Which results are of which table; the only path that the pod can write.
        memqcache_oiddir: `${pgpoolFolders.run}/oiddir`,
    };
}

/** Pgpool-II's settings (DB-05, DB-07, DB-08). Read: https://www.pgpool.net/docs/44/en/html/runtime-config.html. */
export function pgpoolSettings(
    { children, pools, queryCacheSeconds }: DatabaseSettings["pgpool"],
    { primary, replicas, authority }: PgpoolServers = operatorServers,
): Readonly<Record<string, Value>> {
    const backends = [
        backend(primaryNode, primary, 0, "ALWAYS_PRIMARY|ALLOW_TO_FAILOVER"),
        ...replicas.map((replica, index) => backend(index + 1, replica, 1, "DISALLOW_TO_FAILOVER")),
    ];
    return {
        backend_clustering_mode: "streaming_replication",
        listen_addresses: "*",
        port,
        unix_socket_directories: pgpoolFolders.run,
        // The control port listens on a socket in the pod only: `attach.sh` uses it.
        pcp_listen_addresses: "",
        pcp_socket_dir: pgpoolFolders.run,
        pid_file_name: `${pgpoolFolders.run}/pgpool.pid`,
        logdir: pgpoolFolders.run,
        // Services of the operator, or servers of a managed service. A session starts without the replicas where they do not
        // answer, and never without an attached primary. So a dead primary is detached, after which reads go on, and
        // `attach.sh` attaches the new one: docs/adr/20261122-pgpool-detaches-a-dead-primary.md.
        ...Object.fromEntries(backends.flatMap((one) => Object.entries(one))),
        // Only CloudNativePG, or the managed service, promotes (DB-04, X17).
        failover_command: "",
        follow_primary_command: "",
        failback_command: "",
        failover_on_backend_error: false,
        failover_on_backend_shutdown: false,
        auto_failback: false,
        use_watchdog: false,
        // Sessions of each pod; the next client waits until one ends (DB-08).
        num_init_children: children,
        max_pool: pools,
        connection_cache: true,
        child_life_time: 300,
        // Cached connections to an instance that lost its role end in time.
        connection_life_time: 600,
        client_idle_limit: 300,
        // Reads go to replicas, decided for each statement.
        load_balance_mode: true,
        statement_level_load_balance: true,
        // A session that has written reads from the primary until its end. `transaction` and `dml_adaptive` send the first
        // read after a commit to a replica, which may not have replayed it: docs/adr/20261122-pgpool-reads-own-writes.md.
        disable_load_balance_on_write: "always",
        // Reads go to the primary while the replicas are more than 1 MiB of log behind (DB-02); the time of the lag is known
        // by the name of a replica only, and a Service has none.
        delay_threshold: 1048576,
        sr_check_period: 5,
        sr_check_user: pgpoolName,
        sr_check_database: "postgres",
        health_check_period: healthCheck.period,
        health_check_timeout: healthCheck.timeout,
        health_check_max_retries: healthCheck.maxRetries,
        health_check_retry_delay: healthCheck.retryDelay,
        health_check_user: pgpoolName,
        health_check_database: "postgres",
        connect_timeout: 5000,
        ...queryCache(queryCacheSeconds),
        // Passwords are in the Secret's file, by user, also those of the two checks: none is in this text (DB-17).
        enable_pool_hba: true,
        pool_passwd: `${pgpoolFolders.passwords}/${passwordFile}`,
        allow_clear_text_frontend_auth: false,
        authentication_timeout: "30s",
        ssl: true,
        ssl_cert: `${pgpoolFolders.certificate}/tls.crt`,
        ssl_key: `${pgpoolFolders.certificate}/tls.key`,
        // The certificates of the instances are verified with it.
        ssl_ca_cert: authority,
        ssl_prefer_server_ciphers: true,
        log_destination: "stderr",
        // Statements contain customers' data.
        log_statement: false,
        log_per_node_statement: false,
    };
}

/** The file `pgpool.conf`. */
export function pgpoolConf(settings: DatabaseSettings["pgpool"], servers?: PgpoolServers): string {
    return `${Object.entries(pgpoolSettings(settings, servers)).map(line).join("\n")}\n`;
}

/** The file `pool_hba.conf`: TLS and a password for every connection. */
export const poolHba = "hostssl all all all scram-sha-256\n";

/** A line of `pool_passwd` with a plain password, which SCRAM needs on both sides. */
export function passwordLine(user: string, password: string): string {
    return `${user}:TEXT${password}\n`;
}
