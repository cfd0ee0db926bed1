import { databaseName } from "../../../catalog/database";
import { queriesKey } from "../custom-queries";
import { port } from "../names";
import type { ServerCheck } from "../server-check";

/** Name of the exporter's Deployment, of its monitor and of its role in PostgreSQL. */
export const exporterName = "postgres-exporter";
export const exporterRole = "postgres_exporter";

/** Port of its metrics. */
export const exporterPort = 9187;

/** Name of the credentials in the configuration: requests name it, and no password. */
export const authModule = "shop";

export const exporterFolders = {
    config: "/etc/postgres-exporter",
    authority: "/etc/postgres-authority",
    queries: "/etc/postgres-queries",
} as const;

/** The exporter's arguments. The flag of the queries is deprecated without a successor; the version is pinned. */
export const exporterArguments = [
    `--config.file=${exporterFolders.config}/config.json`,
    `--extend.query-path=${exporterFolders.queries}/${queriesKey}`,
] as const;

/**
 * The exporter's configuration: the role that reads the servers' statistics, with its password, and how servers are checked.
 * JSON is YAML. https://github.com/prometheus-community/postgres_exporter, v0.19.1, README.md, "auth_modules"
 */
export function exporterConfig(password: string, serverCheck: ServerCheck): string {
    return JSON.stringify({
        auth_modules: {
            [authModule]: {
                type: "userpass",
                userpass: { username: exporterRole, password },
                // A server that does not answer must not hold the request longer than Prometheus waits (10 s).
                options: {
                    sslmode: serverCheck,
                    sslrootcert: `${exporterFolders.authority}/ca.crt`,
                    connect_timeout: "5",
                },
            },
        },
    });
}

/** What Prometheus asks the exporter for: the statistics of one server. */
export function exporterTarget(host: string): string {
    return `${host}:${port}/${databaseName}`;
}
