import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "node:https";

import { send } from "./http";
import { isObject, namespaceOf, type Json, type JsonObject, type KubeObject } from "./json";
import { warningTexts } from "./warnings";

/** Address of an API server and credentials of the caller. */
export interface ClientArgs {
    readonly server: string;
    /** The only trusted certificate authority, in PEM. */
    readonly ca: string;
    /** Bearer token. @default anonymous */
    readonly token?: string;
}

/** A response of the API server, successful or not. */
export interface Answer {
    readonly status: number;
    readonly body: JsonObject;
    /** Texts of the `Warning` headers: deprecated APIs, ignored fields, Pod Security violations. */
    readonly warnings: readonly string[];
}

/** A request. */
export interface Call {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    /** An object, or text that is sent unchanged. */
    readonly body?: Json | string;
    /** @default application/json */
    readonly contentType?: string;
    /** Deadline for the response, in milliseconds. @default 60000 */
    readonly limitMs?: number;
}

/** How an object is applied. */
export interface ApplyOptions {
    /** Validate without writing. @default false */
    readonly dryRun?: boolean;
    /** @default {@link fieldManager} */
    readonly manager?: string;
    /** Take over fields of other field managers instead of failing with a conflict. @default false */
    readonly force?: boolean;
    /** Text to send instead of the object, for what an object cannot express (a duplicate field). */
    readonly raw?: string;
}

/** Field manager of every apply of the suite. */
export const fieldManager = "ecommerce-platform";

interface ResourceType {
    readonly plural: string;
    readonly namespaced: boolean;
}

/**
 * A client that returns status, body and every `Warning` header. Every call has a deadline, because an API server without
 * its etcd hangs instead of failing.
 */
export class KubeClient {
    private readonly agent: Agent;
    private readonly types = new Map<string, ReadonlyMap<string, ResourceType>>();

    public constructor(private readonly args: ClientArgs) {
        this.agent = new Agent({ ca: args.ca, keepAlive: true, maxSockets: 16 });
    }

    /** A client for the same server with another token, or anonymous without one. */
    public as(token: string | undefined): KubeClient {
        const { server, ca } = this.args;
        return new KubeClient({ server, ca, ...(token === undefined ? {} : { token }) });
    }

    public async call({ method, path, query, body, contentType, limitMs = 60_000 }: Call): Promise<Answer> {
        const url = new URL(path, this.args.server);
        Object.entries(query ?? {}).forEach(([key, value]) => {
            url.searchParams.set(key, value);
        });
        const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
        const headers: Record<string, string> = { accept: "application/json" };
        if (this.args.token !== undefined) {
            headers["authorization"] = `Bearer ${this.args.token}`;
        }
        if (payload !== undefined) {
            headers["content-type"] = contentType ?? "application/json";
            headers["content-length"] = String(Buffer.byteLength(payload));
        }
        const { agent } = this;
        const response = await send({ url, method, headers, agent, body: payload, limitMs });
        return { status: response.status, body: parse(response.body), warnings: warningTexts(response.rawHeaders) };
    }

    /**
     * Like {@link call}, for calls that must succeed. Reads are retried on 429, which the server answers for a moment after
     * a CustomResourceDefinition was created or changed.
     *
     * @throws Error with status and message of the API server.
     */
    public async must(call: Call): Promise<JsonObject> {
        let { status, body } = await this.call(call);
        for (let tries = 0; status === 429 && call.method === "GET" && tries < 120; tries++) {
            await sleep(500);
            ({ status, body } = await this.call(call));
        }
        if (status >= 300) {
            throw new Error(`${call.method} ${call.path}: ${status} ${messageOf(body)}`);
        }
        return body;
    }

    /** Items of the collection at `path`. */
    public async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<KubeObject[]> {
        const body = await this.must({ method: "GET", path, query });
        return Array.isArray(body["items"]) ? (body["items"] as KubeObject[]) : [];
    }

    /** Server-side apply with strict field validation. Returns 404 for a kind that is not served. */
    public async apply(object: KubeObject, options: ApplyOptions = {}): Promise<Answer> {
        const path = await this.pathOf(object);
        if (path === undefined) {
            const message = `no matches for kind "${object.kind}" in version "${object.apiVersion}"`;
            return { status: 404, body: { message }, warnings: [] };
        }
        const query: Record<string, string> = {
            fieldManager: options.manager ?? fieldManager,
            fieldValidation: "Strict",
            ...(options.dryRun === true ? { dryRun: "All" } : {}),
            ...(options.force === true ? { force: "true" } : {}),
        };
        const contentType = "application/apply-patch+yaml";
        return this.call({ method: "PATCH", path, query, body: options.raw ?? object, contentType });
    }

    /** Path of an object; undefined when the API server does not serve its kind. */
    public async pathOf(object: KubeObject): Promise<string | undefined> {
        const collection = await this.collectionOf(object.apiVersion, object.kind, namespaceOf(object));
        return collection === undefined ? undefined : `${collection}/${encodeURIComponent(object.metadata.name)}`;
    }

    /** Path of all objects of a kind in one namespace, or in the whole cluster. */
    public async collectionOf(apiVersion: string, kind: string, namespace?: string): Promise<string | undefined> {
        const type = (await this.typesOf(apiVersion)).get(kind);
        if (type === undefined) {
            return undefined;
        }
        const inside = type.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
        return `${rootOf(apiVersion)}${inside}/${type.plural}`;
    }

    /** Closes the connections. */
    public close(): void {
        this.agent.destroy();
    }

    private async typesOf(apiVersion: string): Promise<ReadonlyMap<string, ResourceType>> {
        const known = this.types.get(apiVersion);
        if (known !== undefined) {
            return known;
        }
        const { status, body } = await this.call({ method: "GET", path: rootOf(apiVersion) });
        const types = new Map<string, ResourceType>();
        for (const entry of Array.isArray(body["resources"]) ? body["resources"] : []) {
            const name = isObject(entry) ? entry["name"] : undefined;
            // A slash marks a subresource, such as pods/status.
            const kind = isObject(entry) ? entry["kind"] : undefined;
            if (isObject(entry) && typeof name === "string" && typeof kind === "string" && !name.includes("/")) {
                types.set(kind, { plural: name, namespaced: entry["namespaced"] === true });
            }
        }
        if (status === 200) {
            this.types.set(apiVersion, types);
        }
        return types;
    }
}

/** Message of an API server's response. */
export function messageOf(body: JsonObject): string {
    return typeof body["message"] === "string" ? body["message"] : JSON.stringify(body);
}

function rootOf(apiVersion: string): string {
    return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function parse(bytes: Buffer): JsonObject {
    const text = bytes.toString("utf8");
    try {
        const value = JSON.parse(text) as unknown;
        return isObject(value) ? value : { message: text };
    } catch {
        return { message: text };
    }
}
