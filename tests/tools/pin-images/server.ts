import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const index = "application/vnd.oci.image.index.v1+json";
const manifest = "application/vnd.oci.image.manifest.v1+json";

/** An answer other than the registry's own. */
export interface Fault {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
}

/** How the registry authenticates: https://distribution.github.io/distribution/spec/auth/token/ */
export interface Authentication {
    readonly kind: "none" | "anonymous token" | "token" | "basic";
    readonly user?: string;
    readonly password?: string;
    readonly identityToken?: string;
}

export function sha256(text: string): string {
    return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/**
 * A small registry on loopback with the reading half of the OCI distribution API: manifests by tag and digest, blobs, error
 * codes, token and basic authentication. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
 */
export class RegistryServer {
    /** Requests as `METHOD path`, without tokens. */
    public readonly requests: string[] = [];
    /** Answers instead of the registry's own by `METHOD path`; each is used once. */
    public readonly faults = new Map<string, Fault[]>();
    public authentication: Authentication = { kind: "none" };
    private readonly contents = new Map<string, { readonly text: string; readonly type: string }>();
    private readonly tags = new Map<string, string>();
    private readonly server: Server = createServer((request, response) => {
        void this.answer(request, response);
    });

    public async start(): Promise<this> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return this;
    }

    public async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }

    public get host(): string {
        return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** Stores a document below a repository's name, and gives its digest. */
    public put(repository: string, document: object, type: string): string {
        const text = JSON.stringify(document);
        const digest = sha256(text);
        this.contents.set(`${repository} ${digest}`, { text, type });
        return digest;
    }

    public tag(repository: string, tag: string, digest: string): void {
        this.tags.set(`${repository} ${tag}`, digest);
    }

    public untag(repository: string, tag: string): void {
        this.tags.delete(`${repository} ${tag}`);
    }

    public remove(repository: string, digest: string): void {
        this.contents.delete(`${repository} ${digest}`);
    }

    /** An image of one platform; gives the digest of its manifest. */
    public image(repository: string, platform: string, build = "1"): string {
        const [os, architecture, variant] = platform.split("/");
        const document = {
            os,
            architecture,
            ...(variant === undefined ? {} : { variant }),
            build,
            created: "2026-11-21",
        };
        const digest = this.put(repository, document, "application/vnd.oci.image.config.v1+json");
        const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest, size: 1 };
        return this.put(repository, { schemaVersion: 2, mediaType: manifest, config, layers: [] }, manifest);
    }

    /** A list of images, with an attestation as build tools add it; gives the digest of the list. */
    public list(repository: string, tag: string, platforms: readonly string[], build = "1"): string {
        const entries = platforms.map((platform) => {
            const [os, architecture, variant] = platform.split("/");
            const digest = this.image(repository, platform, build);
            const named = { os, architecture, ...(variant === undefined ? {} : { variant }) };
            return { mediaType: manifest, digest, size: 1, platform: named };
        });
        const attestation = this.put(repository, { schemaVersion: 2, attestation: build }, manifest);
        const unknown = {
            mediaType: manifest,
            digest: attestation,
            size: 1,
            platform: { os: "unknown", architecture: "unknown" },
        };
        const digest = this.put(
            repository,
            { schemaVersion: 2, mediaType: index, manifests: [...entries, unknown] },
            index,
        );
        this.tag(repository, tag, digest);
        return digest;
    }

    private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const path = request.url ?? "/";
        const line = `${request.method ?? "GET"} ${path}`;
        this.requests.push(line);
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
            chunks.push(chunk as Buffer);
        }
        const fault = this.faults.get(line)?.shift();
        const {
            status,
            headers = {},
            body = "",
        } = fault ??
        (path.startsWith("/token")
            ? this.token(request, path, Buffer.concat(chunks).toString())
            : this.content(request, path));
        response.writeHead(status, headers);
        response.end(body);
    }

    private error(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Fault {
        return { status, headers, body: JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] }) };
    }

    private content(request: IncomingMessage, path: string): Fault {
        const [, repository = "", reference = ""] = /^\/v2\/(.+)\/(?:manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
        const wanted = this.expected(repository);
        if (wanted !== undefined && request.headers.authorization !== wanted) {
            return this.error(401, "UNAUTHORIZED", { "www-authenticate": this.challenge(repository) });
        }
        const names = [...this.contents.keys()].map((key) => key.split(" ")[0]);
        if (!names.includes(repository)) {
            return this.error(404, "NAME_UNKNOWN");
        }
        const digest = reference.startsWith("sha256:") ? reference : this.tags.get(`${repository} ${reference}`);
        const found = this.contents.get(`${repository} ${digest ?? ""}`);
        if (found === undefined || digest === undefined) {
            return this.error(404, path.includes("/blobs/") ? "BLOB_UNKNOWN" : "MANIFEST_UNKNOWN");
        }
        const headers = { "content-type": found.type, "docker-content-digest": digest };
        // A registry that is asked for other types only answers with one image of the list.
        const accepts = request.headers.accept ?? "";
        return path.includes("/manifests/") && !accepts.includes(found.type)
            ? this.error(404, "MANIFEST_UNKNOWN")
            : { status: 200, headers, body: found.text };
    }

    private get basic(): string {
        const { user = "", password = "" } = this.authentication;
        return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    }

    /** The `Authorization` that admits a request; undefined without authentication. */
    private expected(repository: string): string | undefined {
        switch (this.authentication.kind) {
            case "none":
                return undefined;
            case "basic":
                return this.basic;
            default:
                return `Bearer ${Buffer.from(repository).toString("hex")}`;
        }
    }

    private challenge(repository: string): string {
        return this.authentication.kind === "basic"
            ? 'Basic realm="Registry, private"'
            : `Bearer realm="http://${this.host}/token",service="registry.test",scope="repository:${repository}:pull"`;
    }

    private token(request: IncomingMessage, path: string, form: string): Fault {
        const query = new URLSearchParams(request.method === "POST" ? form : path.slice(path.indexOf("?")));
        const { kind, identityToken } = this.authentication;
        const exchanged = identityToken !== undefined && query.get("refresh_token") === identityToken;
        const admitted = kind === "anonymous token" || exchanged || request.headers.authorization === this.basic;
        const [, repository = ""] = /^repository:(.+):pull$/.exec(query.get("scope") ?? "") ?? [];
        if (!admitted || query.get("service") !== "registry.test") {
            return this.error(401, "UNAUTHORIZED");
        }
        const token = Buffer.from(repository).toString("hex");
        return { status: 200, body: JSON.stringify(exchanged ? { access_token: token } : { token }) };
    }
}
