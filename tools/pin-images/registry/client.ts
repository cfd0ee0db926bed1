import { challengesOf } from "./challenge";
import type { Credentials, CredentialSource } from "./credentials";
import { RegistryError } from "./error";
import { type Answer, type HttpSettings, send } from "./http";
import { apiOf, isLoopback, type Reference } from "./reference";

/** How a client connects. */
export interface ClientSettings extends HttpSettings {
    readonly credentials: CredentialSource;
}

type Parameters = Readonly<Record<string, string>>;

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
    return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function json({ body }: Answer): Readonly<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(body.toString("utf8"));
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}

/** The first error code of a registry's answer, such as `MANIFEST_UNKNOWN`. */
export function errorCode(answer: Answer): string | undefined {
    const errors = json(answer)["errors"];
    const [first] = Array.isArray(errors) ? (errors as readonly unknown[]) : [];
    const code = typeof first === "object" && first !== null ? (Reflect.get(first, "code") as unknown) : undefined;
    return typeof code === "string" ? code : undefined;
}

/**
 * A read-only client of the OCI distribution API, with anonymous tokens, `docker login`'s credentials, or none, as the
 * registry's challenge demands.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export class RegistryClient {
    /** Values of `Authorization` by host and repository: tokens are valid for one repository. */
    private readonly authorizations = new Map<string, string>();

    constructor(private readonly settings: ClientSettings) {}

    /** Reads `manifests/<tag or digest>` or `blobs/<digest>` of an image's repository. */
    public async get(reference: Reference, path: string, accept: string): Promise<Answer> {
        const { host, repository } = reference;
        const url = new URL(`${apiOf(host)}/v2/${repository}/${path}`);
        const key = `${host}/${repository}`;
        const request = () => {
            const authorization = this.authorizations.get(key);
            const headers = { accept, ...(authorization === undefined ? {} : { authorization }) };
            return send(url, { headers }, this.settings);
        };
        let answer = await request();
        if (answer.status === 401) {
            this.authorizations.set(key, await this.authorize(reference, answer));
            answer = await request();
        }
        if (answer.status === 401 || answer.status === 403) {
            throw new RegistryError(
                `${host} denies access to ${repository} (${answer.status}); run docker login ${host} with an account that may pull it`,
            );
        }
        return answer;
    }

    private async authorize(reference: Reference, { headers }: Answer): Promise<string> {
        const { host } = reference;
        const challenges = challengesOf(headers.get("www-authenticate") ?? "");
        const credentials = await this.settings.credentials(host);
        const bearer = challenges.find(({ scheme }) => scheme === "bearer");
        if (bearer !== undefined) {
            return `Bearer ${await this.token(reference, bearer.parameters, credentials)}`;
        }
        if (!challenges.some(({ scheme }) => scheme === "basic")) {
            const schemes = challenges.map(({ scheme }) => scheme).join(", ") || "none";
            throw new RegistryError(`${host} offers no authentication that is known here: ${schemes}`);
        }
        if (credentials === undefined || !("username" in credentials)) {
            throw new RegistryError(`${host} asks for a user name and a password; run docker login ${host}`);
        }
        return basic(credentials);
    }

    private async token(
        { host, repository }: Reference,
        { realm, service, scope = `repository:${repository}:pull` }: Parameters,
        credentials: Credentials | undefined,
    ): Promise<string> {
        const url = realmOf(realm, host);
        const fields = { ...(service === undefined ? {} : { service }), scope };
        const answer =
            credentials !== undefined && "identityToken" in credentials
                ? await this.exchange(url, fields, credentials.identityToken)
                : await this.request(url, fields, credentials);
        const { token, access_token: accessToken } = json(answer);
        const found = token ?? accessToken;
        if (answer.status !== 200 || typeof found !== "string") {
            const login = credentials === undefined ? "run" : "its credentials are refused; run";
            throw new RegistryError(
                `${url.host} gives no token for ${repository} on ${host} (${answer.status}); ${login} docker login ${host}`,
            );
        }
        return found;
    }

    private request(
        url: URL,
        fields: Parameters,
        credentials: { readonly username: string; readonly password: string } | undefined,
    ): Promise<Answer> {
        Object.entries(fields).forEach(([name, value]) => {
            url.searchParams.set(name, value);
        });
        return send(
            url,
            { headers: credentials === undefined ? {} : { authorization: basic(credentials) } },
            this.settings,
        );
    }

    /** @see https://distribution.github.io/distribution/spec/auth/oauth/ */
    private exchange(url: URL, fields: Parameters, identityToken: string): Promise<Answer> {
        const grant = { grant_type: "refresh_token", client_id: "pin-images", refresh_token: identityToken };
        return send(
            url,
            { method: "POST", headers: {}, body: new URLSearchParams({ ...grant, ...fields }) },
            this.settings,
        );
    }
}

/** Address of the token server. Credentials are sent there: over HTTPS only, except within this machine. */
function realmOf(realm: string | undefined, host: string): URL {
    const url = URL.canParse(realm ?? "") ? new URL(realm ?? "") : undefined;
    const plain = url?.protocol === "http:" && isLoopback(url.host) && isLoopback(host);
    if (url === undefined || (url.protocol !== "https:" && !plain)) {
        throw new RegistryError(`${host} names the token server ${realm ?? "(none)"}, which is not an https address`);
    }
    return url;
}
