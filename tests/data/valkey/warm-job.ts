import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import { join } from "node:path";

import { databaseName, databaseOwner, databaseRole } from "../../../catalog/database";
import { schemaSql } from "../../../components/database/schema/migrations";
import type { PlatformConfig } from "../../../components/platform-config";
import { deployPlatform } from "../../components/deployment";
import { migrate, prepare } from "../harness/migrate";
import { password, Postgres, type Server } from "../harness/postgres";
import { program } from "../harness/programs";
import { DataRun } from "../harness/run";
import { execute, type Result } from "./execute";
import type { Servers } from "./servers";

interface Container {
    readonly name: string;
    readonly command: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
}

const token = "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token";

/** The rendered job that warms the cache, between a database with TLS and the rendered cluster. */
export class WarmJob {
    public readonly postgres = new Postgres(new DataRun());
    public server: Server | undefined;
    private containers: readonly Container[] = [];
    private metadata: HttpServer | undefined;

    constructor(
        private readonly servers: Servers,
        private readonly config: PlatformConfig,
    ) {}

    /** Starts the database with the schema, and prepares what the job's pod mounts. */
    public async start(): Promise<void> {
        const { resources } = await deployPlatform(this.config);
        const { spec } = resources.find(({ title }) => title === "CronJob cache-warm-job")!.inputs as unknown as {
            readonly spec: {
                readonly jobTemplate: {
                    readonly spec: {
                        readonly template: {
                            readonly spec: Readonly<Record<"initContainers" | "containers", readonly Container[]>>;
                        };
                    };
                };
            };
        };
        const pod = spec.jobTemplate.spec.template.spec;
        this.containers = [...pod.initContainers, ...pod.containers];
        const { postgres } = this;
        const tls = postgres.folder("tls");
        this.servers.authority.issue(tls, "postgres-pooler-ro", ["127.0.0.1"]);
        for (const name of ["tls.crt", "tls.key"]) {
            postgres.adopt(join(tls, name));
            chmodSync(join(tls, name), 0o600);
        }
        const files = { ssl_cert_file: join(tls, "tls.crt"), ssl_key_file: join(tls, "tls.key") };
        this.server = await postgres.server("replica", { fsync: "off", ssl: "on", ...files });
        await prepare(postgres, this.server);
        const { migrations, access } = schemaSql("plain");
        const { code, output } = await migrate(postgres, this.server, "plain", migrations);
        if (code !== 0) {
            throw new Error(output);
        }
        await this.query(access);
        this.mount("postgres-ro", { username: databaseRole("cache-warm"), password });
        this.mount("valkey-cache", { username: "cache-warm", password: this.servers.password("cache-warm") });
        this.servers.authority.issue(join(this.folder, "certificate"), "cache-warm");
    }

    /** Runs the containers one after the other, until one fails. */
    public async run(env: Readonly<Record<string, string>> = {}): Promise<Result[]> {
        const results: Result[] = [];
        for (const one of this.containers) {
            const result = await this.container(one, env);
            results.push(result);
            if (result.code !== 0) {
                break;
            }
        }
        return results;
    }

    /** Runs the last container again, on the file that the first one has left. */
    public write(env: Readonly<Record<string, string>>): Promise<Result> {
        return this.container(this.containers.at(-1)!, env);
    }

    /** A statement as the owner of the schema, or as another role. */
    public query<Row extends object>(sql: string, user = databaseOwner): Promise<Row[]> {
        return this.postgres.query<Row>(this.server!, { user, database: databaseName }, sql);
    }

    /** Adds a book with a number of pages. */
    public async product(id: string, name: string, pages: number): Promise<void> {
        await this.query(
            `INSERT INTO shop.products (product_id, category, name, price, attributes, updated_at) VALUES
                ('${id}', 'books', '${name.replaceAll("'", "''")}', ${pages}.5, '{"pages": ${pages}}', '2026-11-22T08:00:00Z')`,
        );
    }

    /** Adds an order of one product. */
    public async order(product: string, pieces: number, status: string, ago: string): Promise<void> {
        await this.query(
            `WITH o AS (INSERT INTO shop.orders (user_id, status, total, created_at)
                VALUES ('${product}', '${status}', 1, now() - interval '${ago}') RETURNING order_id, created_at)
            INSERT INTO shop.order_items SELECT order_id, created_at, 1, '${product}', ${pieces}, 1 FROM o`,
        );
    }

    /** Writes a store's files of credentials. */
    public mount(store: string, files: Readonly<Record<string, string>>): string {
        const folder = join(this.folder, "stores", store);
        mkdirSync(folder, { recursive: true });
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
        return folder;
    }

    /** Serves tokens as Google's nodes do; the address takes the place of the nodes' own. */
    public async serveTokens(value: string): Promise<void> {
        this.metadata = createServer(({ headers }, response) => {
            const known = headers["metadata-flavor"] === "Google";
            response.writeHead(known ? 200 : 403).end(known ? JSON.stringify({ access_token: value }) : "");
        });
        await new Promise<void>((resolve) => this.metadata!.listen(0, "127.0.0.1", resolve));
    }

    public async end(): Promise<void> {
        this.metadata?.close();
        await this.postgres.end();
    }

    public get folder(): string {
        return join(this.servers.run.folder, "warm");
    }

    private container({ command, env }: Container, more: Readonly<Record<string, string>>): Promise<Result> {
        const [name = "", ...args] = command.map((text) => this.local(text));
        const own = Object.fromEntries(env.map((one) => [one.name, this.local(one.value)]));
        return execute(name === "python3" ? program("python3") : name, args, { ...own, ...more });
    }

    /** Replaces addresses and folders, nothing else. */
    private local(text: string): string {
        const address = this.metadata?.address();
        const metadata = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : token;
        return this.servers.members
            .reduce((all, member) => all.replaceAll(member.host, member.address), text)
            .replaceAll("postgres-pooler-ro.data.svc.cluster.local:5432", `127.0.0.1:${this.server?.port}`)
            .replaceAll("/var/run/secrets", this.folder)
            .replace(/^\/work\//, `${this.folder}/`)
            .replaceAll(token, metadata);
    }
}
