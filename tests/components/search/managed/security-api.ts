import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import type { JsonObject } from "../../../../tools/plan/json";

interface Answer {
    readonly status: number;
    readonly body: JsonObject;
}

const kinds = ["roles", "internalusers", "rolesmapping"] as const;

type Kind = (typeof kinds)[number];

const ok = (body: JsonObject): Answer => ({ status: 200, body });
const refused = (status: number, message: string): Answer => ({ status, body: { status: "BAD_REQUEST", message } });

/** OpenSearch's security API, as far as https://docs.opensearch.org/latest/security/api/ says what it refuses. */
export class SecurityApi {
    public readonly entries: Record<Kind, Record<string, JsonObject>> = {
        roles: {},
        // The master user of a domain, which was not created by the Job.
        internalusers: { administrator: { reserved: false, hidden: false, attributes: {}, backend_roles: [] } },
        rolesmapping: {},
    };
    public audit: JsonObject = { enabled: false, audit: { enable_rest: true }, compliance: { enabled: true } };
    /** Requests that change something. */
    public readonly changes: string[] = [];
    /** Answers of requests, such as `PUT roles/product`, in place of its own. */
    public readonly failures = new Map<string, Answer>();
    private server: Server | undefined;

    constructor(
        private readonly certificates: string,
        private readonly login: { readonly user: string; readonly password: string },
    ) {}

    /** Starts it on the loopback interface. @returns host and port */
    public async start(): Promise<string> {
        const file = (name: string) => readFileSync(join(this.certificates, name));
        const server = createServer({ cert: file("tls.crt"), key: file("tls.key") }, (request, response) => {
            void body(request).then((content) => {
                const { status, body: answer } = this.answer(request, content);
                response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
            });
        });
        this.server = server;
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return `localhost:${(server.address() as AddressInfo).port}`;
    }

    public async stop(): Promise<void> {
        this.server?.closeAllConnections();
        await new Promise((resolve) => this.server?.close(resolve));
    }

    private answer({ method = "", url = "", headers }: IncomingMessage, content: JsonObject): Answer {
        const { user, password } = this.login;
        const login = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
        if (headers.authorization !== login) {
            return refused(401, "Unauthorized");
        }
        const path = url.replace("/_plugins/_security/api/", "");
        if (method !== "GET") {
            this.changes.push(`${method} ${path}`);
        }
        const failure = this.failures.get(`${method} ${path}`);
        return failure ?? this.own(method, path, content);
    }

    private own(method: string, path: string, content: JsonObject): Answer {
        const [first = "", name] = path.split("/");
        if (first === "audit") {
            return this.auditAnswer(method, name, content);
        }
        const kind = kinds.find((one) => one === first);
        if (kind === undefined) {
            return refused(404, "no handler found");
        }
        const entries = this.entries[kind];
        if (method === "GET" && name === undefined) {
            return ok(entries);
        }
        if (name === undefined) {
            return refused(405, "Method not allowed");
        }
        if (method === "DELETE") {
            const found = entries[name] !== undefined;
            this.entries[kind] = Object.fromEntries(Object.entries(entries).filter(([one]) => one !== name));
            return found ? ok({ status: "OK" }) : refused(404, `Resource '${name}' not found.`);
        }
        return this.put(kind, name, content);
    }

    private put(kind: Kind, name: string, content: JsonObject): Answer {
        // A user has a hash or a password: https://docs.opensearch.org/latest/security/api/users/create-user/
        if (kind === "internalusers" && !(typeof content["hash"] === "string" && content["hash"].startsWith("$2a$"))) {
            return refused(400, "Please specify either 'hash' or 'password' when creating a new internal user.");
        }
        if (kind === "rolesmapping" && this.entries.roles[name] === undefined) {
            return refused(404, `role '${name}' not found.`);
        }
        this.entries[kind][name] = { reserved: false, ...content };
        return ok({ status: "CREATED" });
    }

    private auditAnswer(method: string, part: string | undefined, content: JsonObject): Answer {
        if (method === "GET" && part === undefined) {
            return ok({ _readonly: [], config: this.audit });
        }
        if (method !== "PUT" || part !== "config") {
            return refused(405, "Method not allowed");
        }
        this.audit = content;
        return ok({ status: "OK" });
    }
}

async function body(request: IncomingMessage): Promise<JsonObject> {
    const parts: Buffer[] = [];
    for await (const part of request) {
        parts.push(part as Buffer);
    }
    const text = Buffer.concat(parts).toString();
    return text === "" ? {} : (JSON.parse(text) as JsonObject);
}
