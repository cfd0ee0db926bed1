import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { matches, may, type Role } from "./privileges";

/** A snapshot as the API returns it. */
export interface Snapshot {
    readonly snapshot: string;
    readonly state: "SUCCESS" | "PARTIAL" | "FAILED" | "IN_PROGRESS";
    readonly start_time_in_millis: number;
    readonly indices: readonly string[];
}

interface Request {
    readonly path: readonly string[];
    readonly query: URLSearchParams;
    readonly body: Readonly<Record<string, unknown>>;
}

/** Status and body of an error, which has this form in every answer of Elasticsearch. */
class Failure extends Error {
    constructor(
        public readonly status: number,
        reason: string,
        public readonly innermost?: string,
    ) {
        super(reason);
    }
}

/** A method and a path, the action that it needs, and what it does. */
type Endpoint = readonly [RegExp, action: string, (request: Request) => unknown];

const acknowledged = { acknowledged: true };
const api = (text: string) => text.split(",");

/**
 * The endpoints of Elasticsearch's API that the jobs use, with its state in memory; every other request is refused. Each has
 * the page that it is from; queries that the page has not are refused too.
 */
export class StandIn {
    public repository: unknown;
    public policy: Readonly<Record<string, unknown>> | undefined;
    public history: Readonly<Record<string, unknown>> = {};
    public mode = "RUNNING";
    public snapshots: Snapshot[] = [];
    /** Indexes by name; a closed one is not searched. */
    public indices: Record<string, "open" | "close"> = {};
    /** Why no node can use the bucket; undefined: each can. */
    public unusable: string | undefined;
    /** Why the restore is refused; undefined: it is not. */
    public restoreRefused: string | undefined;
    public failedShards = 0;
    public readonly requests: string[] = [];
    public readonly bodies: unknown[] = [];
    private server: Server | undefined;

    constructor(
        private readonly roles: Readonly<Record<string, Role>>,
        private readonly password: string,
    ) {}

    private readonly endpoints: readonly Endpoint[] = [
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-snapshot-create-repository
        [/^PUT \/_snapshot\/backup\?verify=true$/, "cluster:admin/repository/put", ({ body }) => this.register(body)],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-slm-get-lifecycle
        [/^GET \/_slm\/policy\/daily$/, "cluster:admin/slm/get", () => this.lifecycle()],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-slm-put-lifecycle
        [
            /^PUT \/_slm\/policy\/daily$/,
            "cluster:admin/slm/put",
            ({ body }) => {
                this.policy = body;
                return acknowledged;
            },
        ],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-slm-get-status
        [/^GET \/_slm\/status$/, "cluster:admin/slm/status", () => ({ operation_mode: this.mode })],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-snapshot-get
        [
            /^GET \/_snapshot\/backup\/[^/?]+\?sort=start_time&order=desc$/,
            "cluster:admin/snapshot/get",
            ({ path }) => this.list(path[2] ?? ""),
        ],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-snapshot-restore
        [
            /^POST \/_snapshot\/backup\/[^/?]+\/_restore\?wait_for_completion=true$/,
            "cluster:admin/snapshot/restore",
            ({ path, body }) => this.restore(path[2] ?? "", body),
        ],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-get-settings
        [
            /^GET \/[^_/][^/]*\/_settings\?ignore_unavailable=true&allow_no_indices=true&expand_wildcards=all$/,
            "indices:monitor/settings/get",
            ({ path }) => {
                const wanted = api(path[0] ?? "");
                const found = Object.keys(this.indices).filter((one) => wanted.some((own) => matches(own, one)));
                return Object.fromEntries(found.map((one) => [one, { settings: {} }]));
            },
        ],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-close
        [/^POST \/[^_/][^/]*\/_close$/, "indices:admin/close", ({ path }) => this.set(path[0] ?? "", "close")],
        // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-open
        [/^POST \/[^_/][^/]*\/_open$/, "indices:admin/open", ({ path }) => this.set(path[0] ?? "", "open")],
    ];

    /** Starts it on loopback with a certificate for that address; returns its URL. */
    public async start(certificate: string): Promise<string> {
        const read = (name: string) => readFileSync(join(certificate, name));
        this.server = createServer({ cert: read("tls.crt"), key: read("tls.key") }, (request, response) => {
            const parts: Buffer[] = [];
            request.on("data", (part: Buffer) => parts.push(part));
            request.on("end", () => {
                const { status, body } = this.answer(
                    `${request.method ?? ""} ${request.url ?? ""}`,
                    request.headers.authorization ?? "",
                    Buffer.concat(parts).toString(),
                );
                response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
            });
        });
        await new Promise<void>((done) => this.server?.listen(0, "127.0.0.1", done));
        return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    public async stop(): Promise<void> {
        await new Promise((done) => this.server?.close(done));
    }

    private answer(line: string, authorization: string, text: string): { status: number; body: unknown } {
        this.requests.push(line);
        try {
            const body = text === "" ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
            this.bodies.push(body);
            const [method = "", url = ""] = line.split(" ");
            const { pathname, searchParams: query } = new URL(url, "https://search");
            const found = this.endpoints.find(([pattern]) => pattern.test(line));
            if (found === undefined) {
                throw new Failure(400, `no handler found for uri [${url}] and method [${method}]`);
            }
            const path = pathname.slice(1).split("/").map(decodeURIComponent);
            this.authorize(authorization, found[1], api(path[0] ?? ""));
            return { status: 200, body: found[2]({ path, query, body }) };
        } catch (error) {
            const { status, message, innermost } = error as Failure;
            const caused = innermost === undefined ? {} : { caused_by: { type: "exception", reason: innermost } };
            return { status, body: { status, error: { type: "exception", reason: message, ...caused } } };
        }
    }

    /** The job's user has its role only. https://www.elastic.co/docs/deploy-manage/users-roles */
    private authorize(authorization: string, action: string, names: readonly string[]): void {
        const [user = "", password] = Buffer.from(authorization.replace("Basic ", ""), "base64").toString().split(":");
        const role = this.roles[user];
        if (role === undefined || password !== this.password) {
            throw new Failure(401, `unable to authenticate user [${user}]`);
        }
        if (!may(role, action, names)) {
            throw new Failure(403, `action [${action}] is unauthorized for user [${user}]`);
        }
    }

    private register(body: unknown): unknown {
        if (this.unusable !== undefined) {
            // As in https://github.com/elastic/cloud-on-k8s/issues/8320.
            throw new Failure(500, "[backup] path [elasticsearch] is not accessible on master node", this.unusable);
        }
        this.repository = body;
        return acknowledged;
    }

    private lifecycle(): unknown {
        if (this.policy === undefined) {
            throw new Failure(404, "snapshot lifecycle policy or policies [daily] not found, no policies exist");
        }
        return { daily: { version: 1, policy: this.policy, ...this.history } };
    }

    private list(wanted: string): unknown {
        if (this.repository === undefined) {
            throw new Failure(404, "[backup] missing");
        }
        const found = this.snapshots.filter(({ snapshot }) => matches(wanted, snapshot));
        if (found.length === 0 && !wanted.includes("*")) {
            throw new Failure(404, `[backup:${wanted}] is missing`);
        }
        const snapshots = found.sort((a, b) => b.start_time_in_millis - a.start_time_in_millis);
        return { snapshots, total: snapshots.length, remaining: 0 };
    }

    /** https://www.elastic.co/docs/deploy-manage/tools/snapshot-and-restore/restore-snapshot: no open index. */
    private restore(name: string, { indices }: Readonly<Record<string, unknown>>): unknown {
        const names = api(String(indices));
        const open = names.find((one) => this.indices[one] === "open");
        if (open !== undefined) {
            throw new Failure(
                500,
                `[backup:${name}] cannot restore index [${open}] because an open index with same name already exists in the cluster`,
            );
        }
        if (this.restoreRefused !== undefined) {
            throw new Failure(500, this.restoreRefused);
        }
        names.forEach((one) => (this.indices[one] = "open"));
        const [total, failed] = [names.length, this.failedShards];
        return { snapshot: { snapshot: name, indices: names, shards: { total, failed, successful: total - failed } } };
    }

    private set(names: string, state: "open" | "close"): unknown {
        for (const one of api(names)) {
            if (this.indices[one] === undefined) {
                throw new Failure(404, `no such index [${one}]`);
            }
            this.indices[one] = state;
        }
        return { ...acknowledged, shards_acknowledged: true };
    }
}
