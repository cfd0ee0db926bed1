import { databaseName } from "../../../catalog/database";
import type { LayerConfig } from "../layer-config";
import { type PoolerType, port } from "../names";
import { poolerParameters } from "../pooler";
import type { ServerCheck } from "../server-check";

/** Folders of PgBouncer's container. */
export const pgbouncerFolders = {
    config: "/etc/pgbouncer",
    /** File `userlist.txt`, from a Secret. */
    users: "/var/run/secrets/pgbouncer",
    certificate: "/var/run/secrets/certificate",
    authority: "/var/run/secrets/authority",
} as const;

/** Name of the file of users and passwords. */
export const userList = "userlist.txt";

/**
 * The file `pgbouncer.ini`: the same pools as the operator's poolers (DB-09). Of several hosts each new connection takes the
 * next one, so that reads are spread over the replicas. Read: https://www.pgbouncer.org/config.html (1.25).
 */
export function pgbouncerIni(
    config: Pick<LayerConfig, "database">,
    type: PoolerType,
    hosts: readonly string[],
    serverCheck: ServerCheck,
): string {
    const { certificate, authority, users } = pgbouncerFolders;
    const settings = {
        listen_addr: "*",
        listen_port: String(port),
        // No socket: nothing else runs in the pod, and its file system is read-only.
        unix_socket_dir: "",
        pool_mode: "transaction",
        // The passwords are in the Secret's file, in plain text: SCRAM on both sides needs them.
        auth_type: "scram-sha-256",
        auth_file: `${users}/${userList}`,
        // What the operator's poolers ignore too: drivers send them, and a pooled connection cannot keep them.
        ignore_startup_parameters: "extra_float_digits,options",
        ...poolerParameters(config, type),
        client_tls_cert_file: `${certificate}/tls.crt`,
        client_tls_key_file: `${certificate}/tls.key`,
        server_tls_sslmode: serverCheck,
        server_tls_ca_file: `${authority}/ca.crt`,
    };
    return [
        "[databases]",
        `${databaseName} = host=${hosts.join(",")} port=${port} dbname=${databaseName}`,
        "[pgbouncer]",
        ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
        "",
    ].join("\n");
}

/** A line of `userlist.txt`. Passwords are letters and digits. */
export function userLine(user: string, password: string): string {
    return `"${user}" "${password}"\n`;
}
