import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { Client, type ClientConfig } from "pg";

import { postgresFolder } from "./programs";
import type { DataRun } from "./run";

/** Password of every role of the suite's servers. */
export const password = "of-the-suite";

/** PostgreSQL refuses to run as root; in CI the suite is root. This id owns nothing else. */
const unprivileged = 65534;

/** Settings of postgresql.conf; values are quoted. */
export type Settings = Readonly<Record<string, string>>;

/** Settings that make servers fit the suite's machine: loopback only, and sockets in the server's own folder. */
function confined(port: number, data: string): Settings {
    return { listen_addresses: "127.0.0.1", port: String(port), unix_socket_directories: data };
}

/** A running server. */
export interface Server {
    readonly id: string;
    readonly port: number;
    /** Its data directory. */
    readonly data: string;
}

/** Programs and servers of PostgreSQL for one spec file, run as an unprivileged user. */
export class Postgres {
    private readonly native: string;
    private readonly clients = new Set<Client>();

    public constructor(public readonly run: DataRun) {
        this.native = join(run.folder, "postgresql");
        // A copy: the unprivileged user cannot read every checkout, and links of the package are made by a script of npm that
        // does not run everywhere.
        chmodSync(run.folder, 0o755);
        cpSync(dirname(postgresFolder()), this.native, { recursive: true, verbatimSymlinks: true });
        const listed = readFileSync(join(this.native, "pg-symlinks.json"), "utf8");
        const links = JSON.parse(listed) as { source: string; target: string }[];
        for (const { source, target } of links) {
            const link = join(this.native, "..", target.replace(/^native/, "postgresql"));
            if (!existsSync(link)) {
                symlinkSync(basename(source), link);
            }
        }
    }

    /** A new server with the settings. */
    public async server(id: string, settings: Settings = {}): Promise<Server> {
        const data = this.folder(id);
        const secret = join(this.run.folder, `${id}.password`);
        writeFileSync(secret, password);
        this.execute("initdb", [
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            "--pwfile",
            secret,
            "-E",
            "UTF8",
            "--no-sync",
        ]);
        this.append(data, "pg_hba.conf", "host replication all 127.0.0.1/32 scram-sha-256");
        return this.start({ id, data, port: await this.run.port() }, settings);
    }

    /** Copies the primary's files while it runs, with the backup API: what `pg_basebackup` does, which the package has not. */
    public async copy(primary: Server, id: string): Promise<string> {
        const data = this.folder(id);
        const client = await this.connect(primary, { user: "postgres", database: "postgres" });
        await client.query("SELECT pg_backup_start($1, true)", [id]);
        execFileSync("cp", ["-a", `${primary.data}/.`, data]);
        const { rows } = await client.query<{ labelfile: string }>("SELECT labelfile FROM pg_backup_stop(false)");
        await this.disconnect(client);
        execFileSync("find", [join(data, "pg_wal"), join(data, "pg_replslot"), "-type", "f", "-delete"]);
        execFileSync("rm", ["-rf", join(data, "postmaster.pid"), join(data, "postmaster.opts")]);
        execFileSync("find", [join(data, "pg_replslot"), "-mindepth", "1", "-delete"]);
        this.write(data, "backup_label", rows[0]?.labelfile ?? "");
        return data;
    }

    /** A streaming standby of the primary with the settings; its slot keeps the WAL that it needs. */
    public async standby(primary: Server, id: string, settings: Settings = {}): Promise<Server> {
        const client = await this.connect(primary, { user: "postgres", database: "postgres" });
        await client.query("SELECT pg_create_physical_replication_slot($1, true)", [id]);
        await this.disconnect(client);
        const data = await this.copy(primary, id);
        this.write(data, "standby.signal", "");
        const source = `host=127.0.0.1 port=${primary.port} user=postgres password=${password} application_name=${id}`;
        const own = { ...settings, primary_conninfo: source, primary_slot_name: id };
        return this.start({ id, data, port: await this.run.port() }, own);
    }

    /** Starts a server in an existing data directory and returns when it accepts connections. */
    public async start(server: Server, settings: Settings = {}): Promise<Server> {
        const lines = Object.entries({ ...settings, ...confined(server.port, server.data) }).map(
            ([key, value]) => `${key} = '${value.replaceAll("'", "''")}'`,
        );
        this.append(server.data, "postgresql.conf", lines.join("\n"));
        await this.run.start(server.id, ...this.unprivileged("postgres", ["-D", server.data]), {
            LC_ALL: "C",
            TZ: "UTC",
        });
        for (let tries = 0; ; tries += 1) {
            try {
                await this.disconnect(await this.connect(server, { user: "postgres", database: "postgres" }));
                return server;
            } catch (error) {
                this.run.programs.check();
                if (tries > 300) {
                    throw new Error(`${server.id} does not answer:\n${this.run.programs.tail(server.id)}`, {
                        cause: error,
                    });
                }
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
        }
    }

    /** A connection. Its end by the server is an error of its queries only. */
    public async connect({ port }: Pick<Server, "port">, config: ClientConfig): Promise<Client> {
        const client = new Client({ host: "127.0.0.1", port, password, connectionTimeoutMillis: 5000, ...config });
        client.on("error", () => undefined);
        await client.connect();
        this.clients.add(client);
        return client;
    }

    public async disconnect(client: Client): Promise<void> {
        this.clients.delete(client);
        await client.end().catch(() => undefined);
    }

    /** Rows of one statement on a connection of its own. */
    public async query<Row extends object>(
        server: Pick<Server, "port">,
        config: ClientConfig,
        sql: string,
        values: readonly unknown[] = [],
    ): Promise<Row[]> {
        const client = await this.connect(server, config);
        try {
            // Without values as a simple query, which may hold several statements.
            const result = await (values.length === 0 ? client.query<Row>(sql) : client.query<Row>(sql, [...values]));
            return result.rows;
        } finally {
            await this.disconnect(client);
        }
    }

    /** Closes all connections and ends every program. */
    public async end(): Promise<void> {
        await Promise.all([...this.clients].map((client) => this.disconnect(client)));
        await this.run.end();
    }

    /** Command and arguments that run a program of PostgreSQL, or another one, as the unprivileged user. */
    public unprivileged(program: string, args: readonly string[]): [string, string[]] {
        const path = program.includes("/") ? program : join(this.native, "bin", program);
        return process.getuid?.() === 0
            ? ["setpriv", [`--reuid=${unprivileged}`, `--regid=${unprivileged}`, "--clear-groups", "--", path, ...args]]
            : [path, [...args]];
    }

    /** Creates a folder of the unprivileged user. */
    public folder(name: string): string {
        const path = join(this.run.folder, name);
        mkdirSync(path, { mode: 0o700 });
        this.adopt(path);
        return path;
    }

    /** Replaces a file of the unprivileged user. */
    public write(folder: string, name: string, content: string): void {
        writeFileSync(join(folder, name), content);
        this.adopt(join(folder, name));
    }

    /** Gives a file or folder to the unprivileged user. */
    public adopt(path: string): void {
        if (process.getuid?.() === 0) {
            execFileSync("chown", [`${unprivileged}:${unprivileged}`, path]);
        }
    }

    /** Runs a shell script to its end, as the unprivileged user. */
    public shell(args: readonly string[], env: Readonly<Record<string, string>>): void {
        const path = process.env["PATH"] ?? "";
        execFileSync(...this.unprivileged("/bin/sh", args), { stdio: "pipe", env: { PATH: path, ...env } });
    }

    private append(folder: string, name: string, content: string): void {
        this.write(folder, name, `${readFileSync(join(folder, name), "utf8")}\n${content}\n`);
    }

    private execute(name: string, args: readonly string[]): void {
        execFileSync(...this.unprivileged(name, args), { stdio: "pipe", cwd: this.run.folder, env: { LC_ALL: "C" } });
    }
}
