import { join } from "node:path";

import { program } from "../harness/programs";
import { password, type Postgres, type Server } from "../harness/postgres";

/** A running PgBouncer with rendered parameters. */
export interface PgBouncer {
    readonly port: number;
    /** The rendered parameters that it runs with. */
    readonly parameters: Readonly<Record<string, string>>;
}

/** Starts a PgBouncer in front of a server with a plan's parameters, on loopback. The users have the suite's password. */
export async function pgbouncer(
    postgres: Postgres,
    id: string,
    server: Server,
    planned: Readonly<Record<string, string>>,
    users: readonly string[] = ["postgres"],
): Promise<PgBouncer> {
    const folder = postgres.folder(id);
    const port = await postgres.run.port();
    // Debian has 1.18, which does not know the parameter yet (1.21, https://www.pgbouncer.org/changelog.html).
    const parameters = Object.fromEntries(Object.entries(planned).filter(([key]) => key !== "max_prepared_statements"));
    const settings = {
        ...parameters,
        // The suite's server has no certificate.
        client_tls_sslmode: "disable",
        server_tls_sslmode: "disable",
        listen_addr: "127.0.0.1",
        listen_port: String(port),
        unix_socket_dir: "",
        auth_type: "scram-sha-256",
        auth_file: join(folder, "users.txt"),
        admin_users: "postgres",
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
    const target = `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n`;
    postgres.write(folder, "pgbouncer.ini", `${target}${lines.join("\n")}\n`);
    postgres.write(folder, "users.txt", users.map((user) => `"${user}" "${password}"\n`).join(""));
    await postgres.run.start(id, ...postgres.unprivileged(program("pgbouncer"), [join(folder, "pgbouncer.ini")]));
    await postgres.run.listening(id, [port]);
    return { port, parameters };
}
