import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "node:https";

import { isObject, namespaceOf, type Json, type JsonObject, type KubeObject } from "./json";
import { warningTexts } from "./warnings";

/** Where an API server is and who calls it. */
export interface ClientArgs {
    readonly server: string;
    /** PEM; nothing else is trusted. */
    readonly ca: string;
    /** Bearer token; none for a caller without credentials. */
    readonly token?: string;
}

/** What the API server answered, whatever the status. */
export interface Answer {
    readonly status: number;
    readonly body: JsonObject;
    /** Texts of the `Warning` headers: deprecated APIs, fields that are ignored, what Pod Security would refuse. */
    readonly warnings: readonly string[];
}

/** One call. */
export interface Call {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    /** An object, or text as it goes over the wire. */
    readonly body?: Json | string;
    /** @default application/json */
    readonly contentType?: string;
    /** @default 20000 */
    readonly limitMs?: number;
}

/** How an object is applied. */
export interface ApplyOptions {
    /** Judge only. @default false */
    readonly dryRun?: boolean;
    /** @default {@link fieldManager} */
    readonly manager?: string;
    /** Take fields that somebody else owns; without it, that is a conflict. @default false */
    readonly force?: boolean;
    /** Text as it goes over the wire, where an object could not say it (a field given twice). */
    readonly raw?: string;
}

/** The field manager that the suite applies plans as. */
export const fieldManager = "ecommerce-platform";

interface ResourceType {
    readonly plural: string;
    readonly namespaced: boolean;
}

/**
 * A client that hides nothing: status, message and every `Warning` header come back as they are. Every call has a time
 * limit, because an API server that lost its etcd hangs rather than fails.
 */
export class KubeClient {
    private readonly agent: Agent;
    private readonly types = new Map<string, ReadonlyMap<string, ResourceType>>();

    public constructor(private readonly args: ClientArgs) {
        this.agent = new Agent({ ca: args.ca, keepAlive: true, maxSockets: 16 });
    }

    /** The same server for another caller: another token, or nobody. */
    public as(token: string | undefined): KubeClient {
        const { server, ca } = this.args;
        return new KubeClient({ server, ca, ...(token === undefined ? {} : { token }) });
    }

    public call({ method, path, query, body, contentType, limitMs = 20_000 }: Call): Promise<Answer> {
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
        return new Promise((resolve, reject) => {
            const signal = AbortSignal.timeout(limitMs);
            const sent = request(url, { method, headers, agent: this.agent, signal }, (response) => {
                const parts: Buffer[] = [];
                response.on("data", (part: Buffer) => parts.push(part));
                response.on("error", reject);
                response.on("end", () => {
                    const warnings = warningTexts(response.rawHeaders);
                    resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(parts)), warnings });
                });
            });
            sent.on("error", (error) => {
                reject(
                    new Error(`${method} ${path}: ${signal.aborted ? `no answer in ${limitMs} ms` : error.message}`),
                );
            });
            sent.end(payload);
        });
    }

    /**
     * Like {@link call}, for calls that have to succeed. A read that the server puts off, as it does for a moment after a
     * definition has come or changed, is asked again, as every client of Kubernetes does.
     */
    public async must(call: Call): Promise<JsonObject> {
        let { status, body } = await this.call(call);
        for (let tries = 0; status === 429 && call.method === "GET" && tries < 20; tries++) {
            await sleep(500);
            ({ status, body } = await this.call(call));
        }
        if (status >= 300) {
            throw new Error(`${call.method} ${call.path}: ${status} ${messageOf(body)}`);
        }
        return body;
    }

    /** Items of a list; `path` is that of the collection. */
    public async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<KubeObject[]> {
        const body = await this.must({ method: "GET", path, query });
        return Array.isArray(body["items"]) ? (body["items"] as KubeObject[]) : [];
    }

    /** Server-side apply, every field checked strictly. Answers with 404 where the kind is not served. */
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

    /** Path of an object; undefined where the API server does not serve its kind. */
    public async pathOf(object: KubeObject): Promise<string | undefined> {
        const collection = await this.collectionOf(object.apiVersion, object.kind, namespaceOf(object));
        return collection === undefined ? undefined : `${collection}/${encodeURIComponent(object.metadata.name)}`;
    }

    /** Path of all objects of a kind, in one namespace or, without one, everywhere. */
    public async collectionOf(apiVersion: string, kind: string, namespace?: string): Promise<string | undefined> {
        const type = (await this.typesOf(apiVersion)).get(kind);
        if (type === undefined) {
            return undefined;
        }
        const inside = type.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
        return `${rootOf(apiVersion)}${inside}/${type.plural}`;
    }

    /** Lets go of the connections. */
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
            // A slash marks a part of a kind, such as pods/status.
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

/** The API server's own words. */
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
