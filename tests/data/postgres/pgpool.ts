import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Client } from "pg";

import { childrenOf } from "../../cluster/control-plane/processes";
import { program } from "../harness/programs";
import { password, type Postgres } from "../harness/postgres";

/** Pgpool-II's file of the plan on loopback: addresses, folders and TLS, which the suite's servers have not. */
function onLoopback(conf: string, ports: readonly [own: number, rw: number, ro: number], folder: string): string {
    const [own, rw, ro] = ports;
    const changed: Readonly<Record<string, string | number>> = {
        listen_addresses: "'127.0.0.1'",
        port: own,
        backend_hostname0: "'127.0.0.1'",
        backend_port0: rw,
        backend_hostname1: "'127.0.0.1'",
        backend_port1: ro,
        unix_socket_directories: `'${folder}'`,
        pcp_socket_dir: `'${folder}'`,
        pid_file_name: `'${folder}/pgpool.pid'`,
        logdir: `'${folder}'`,
        pool_passwd: `'${folder}/pool_passwd'`,
        memqcache_oiddir: `'${folder}/oiddir'`,
        ssl: "off",
    };
    // Debian has 4.3, where one setting has its former name.
    const renamed: Readonly<Record<string, string>> = { unix_socket_directories: "socket_dir" };
    return conf
        .split("\n")
        .map((line) => {
            const [key = ""] = line.split(" = ");
            return key in changed ? `${renamed[key] ?? key} = ${changed[key]}` : line;
        })
        .join("\n");
}

/** Pgpool-II with the files of the plan, and the scripts of its pod as the pod runs them. */
export class PgpoolPod {
    private readonly folder: string;
    private readonly env: Readonly<Record<string, string>>;

    private constructor(
        private readonly postgres: Postgres,
        public readonly port: number,
    ) {
        this.folder = postgres.folder("pgpool");
        this.env = {
            PGPOOL_RUN: this.folder,
            PGPOOL_BIN: dirname(program("pcp_node_info")),
            PCPPASSFILE: `${this.folder}/pcppass`,
        };
    }

    /** Starts it in front of two addresses, with the loop that attaches the primary, and returns when it accepts sessions. */
    public static async start(
        postgres: Postgres,
        files: Readonly<Record<string, string>>,
        backends: { readonly rw: number; readonly ro: number },
    ): Promise<PgpoolPod> {
        const { run } = postgres;
        const pod = new PgpoolPod(postgres, await run.port());
        const { folder } = pod;
        const ports = [pod.port, backends.rw, backends.ro] as const;
        postgres.write(folder, "pgpool.conf", onLoopback(files["pgpool.conf"] ?? "", ports, folder));
        postgres.write(folder, "pool_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n");
        postgres.write(folder, "pool_passwd", `postgres:TEXT${password}\npgpool:TEXT${password}\n`);
        const { env } = pod;
        for (const script of ["control.sh", "attach.sh", "alive.sh"]) {
            postgres.write(folder, script, files[script] ?? "");
        }
        postgres.shell([join(folder, "control.sh")], env);
        const flags = { f: "pgpool.conf", a: "pool_hba.conf", F: "pcp.conf" };
        const args = Object.entries(flags).flatMap(([flag, file]) => [`-${flag}`, join(folder, file)]);
        await run.start("pgpool", ...postgres.unprivileged(program("pgpool"), ["-n", ...args]));
        await run.start("attach", ...postgres.unprivileged("/bin/sh", [join(folder, "attach.sh")]), env);
        await pod.until(async () => {
            await postgres.disconnect(await pod.session());
            return true;
        });
        return pod;
    }

    /** A session of the superuser. */
    public session(): Promise<Client> {
        return this.postgres.connect(this, {
            user: "postgres",
            database: "postgres",
            connectionTimeoutMillis: 20_000,
        });
    }

    /** Whether the liveness probe succeeds. */
    public alive(): boolean {
        try {
            this.postgres.shell([join(this.folder, "alive.sh")], this.env);
            return true;
        } catch {
            return false;
        }
    }

    /** Id of the process behind the control port; after a change of the backends Pgpool-II starts another one. */
    public async controlProcess(): Promise<number> {
        // The file ends with a zero byte.
        const main = parseInt(readFileSync(join(this.folder, "pgpool.pid"), "utf8"), 10);
        let found: readonly number[] = [];
        await this.until(() => {
            found = childrenOf(main).flatMap(([id, title]) => (title.includes("PCP") ? [id] : []));
            return found.length === 1;
        });
        return found[0] ?? NaN;
    }

    /** The newest lines of Pgpool-II's log. */
    public log(lines: number): string {
        return this.postgres.run.programs.tail("pgpool", lines);
    }

    /**
     * Milliseconds until something is true; what throws is not.
     *
     * @throws Error after 60 s, with the log
     */
    public async until(done: () => boolean | Promise<boolean>): Promise<number> {
        const started = Date.now();
        for (;;) {
            if (
                await Promise.resolve()
                    .then(done)
                    .catch(() => false)
            ) {
                return Date.now() - started;
            }
            if (Date.now() - started > 60_000) {
                throw new Error(`not within 60 s:\n${this.log(40)}\n${this.postgres.run.programs.tail("attach", 20)}`);
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    }

    /** Milliseconds until Pgpool-II's health check gives up on a node the next time. */
    public detected(node: number): Promise<number> {
        const times = () => this.log(20_000).split(`health check failed on node ${node} `).length;
        const before = times();
        return this.until(() => times() > before);
    }

    /** The port of the server that answers a read of a new session. */
    public async readsFrom(): Promise<number> {
        const client = await this.session();
        try {
            const { rows } = await client.query<{ port: number }>("SELECT inet_server_port() AS port");
            return rows[0]!.port;
        } finally {
            await this.postgres.disconnect(client);
        }
    }
}
