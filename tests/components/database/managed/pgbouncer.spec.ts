import assert from "node:assert/strict";

import { kindObject } from "../kinds";

const ini = (hosts: string, connections: number) =>
    `[databases]
shop = host=${hosts} port=5432 dbname=shop
[pgbouncer]
listen_addr = *
listen_port = 5432
unix_socket_dir =${" "}
pool_mode = transaction
auth_type = scram-sha-256
auth_file = /var/run/secrets/pgbouncer/userlist.txt
ignore_startup_parameters = extra_float_digits,options
max_client_conn = 1000
default_pool_size = ${connections / 2}
max_db_connections = ${connections}
query_wait_timeout = 10
max_prepared_statements = 200
server_lifetime = 600
server_idle_timeout = 300
tcp_keepalive = 1
tcp_keepidle = 30
tcp_keepintvl = 10
tcp_keepcnt = 3
client_tls_sslmode = require
server_tls_sslmode = verify-full
client_tls_cert_file = /var/run/secrets/certificate/tls.crt
client_tls_key_file = /var/run/secrets/certificate/tls.key
server_tls_ca_file = /var/run/secrets/authority/ca.crt
`;

const replicas = [1, 2, 3].map((index) => `database-instances-replica-${index}.rds.example`).join(",");

describe("PgBouncer in front of a managed service (DB-09, DB-18)", () => {
    it("has the operator's parameters, and goes to the primary or round robin to the replicas", async () => {
        const poolers = { rw: ["database-instances.rds.example", 20], ro: [replicas, 60] } as const;
        for (const [type, [hosts, connections]] of Object.entries(poolers)) {
            const { inputs } = await kindObject(`ConfigMap database-pooler-${type}`, "aws", "rds");
            assert.deepEqual(inputs["data"], { "pgbouncer.ini": ini(hosts, connections) });
        }
    });

    it("knows the callers of its own store and no others", async () => {
        const line = (service: string) =>
            `"${service.replace("-", "_")}_service" "password of database-roles-${service}"\n`;
        const users = {
            rw: ["inventory", "order", "payment", "product", "user"],
            ro: ["cache-warm", "inventory", "order", "product", "user"],
        };
        for (const [type, services] of Object.entries(users)) {
            const { inputs } = await kindObject(`Secret database-pooler-${type}-users`, "aws", "rds");
            const text = Buffer.from(services.map(line).join("")).toString("base64");
            assert.deepEqual(inputs["data"], { secret: { "userlist.txt": text } }, type);
        }
    });

    it("is a restricted pod without a token, with the key of its own certificate only", async () => {
        const { inputs } = await kindObject("Deployment database-pooler-rw", "aws", "rds");
        const { spec } = inputs as { readonly spec: { readonly template: { readonly spec: Record<string, unknown> } } };
        const { automountServiceAccountToken, securityContext, volumes } = spec.template.spec;
        const file = (name: string, secretName: string, ...keys: readonly string[]) => ({
            name,
            secret: {
                secretName,
                defaultMode: 0o440,
                ...(keys.length === 0 ? {} : { items: keys.map((key) => ({ key, path: key })) }),
            },
        });
        assert.deepEqual(
            { automountServiceAccountToken, securityContext, volumes },
            {
                automountServiceAccountToken: false,
                securityContext: {
                    runAsNonRoot: true,
                    runAsUser: 998,
                    runAsGroup: 996,
                    fsGroup: 996,
                    fsGroupChangePolicy: "OnRootMismatch",
                    seccompProfile: { type: "RuntimeDefault" },
                },
                volumes: [
                    { name: "config", configMap: { name: "postgres-pooler-rw" } },
                    file("users", "postgres-pooler-rw-users"),
                    file("certificate", "postgres-server", "tls.crt", "tls.key"),
                    file("authority", "postgres-authority"),
                ],
            },
        );
    });
});
