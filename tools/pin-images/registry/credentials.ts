import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { RegistryError } from "./error";

/** A user's name and password, or a token to exchange for an access token. */
export type Credentials = { readonly username: string; readonly password: string } | { readonly identityToken: string };

/** Credentials of a registry's host; undefined if there are none. */
export type CredentialSource = (host: string) => Promise<Credentials | undefined>;

/** The parts of Docker's `config.json` that are read; `docker login` and the clouds' command lines write it. */
interface DockerConfig {
    readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
    readonly credsStore?: string;
    readonly credHelpers?: Readonly<Record<string, string>>;
}

/** Docker Hub's key in the file, where every other registry has its host. */
const dockerHub = "https://index.docker.io/v1/";

const keyOf = (host: string): string => (host === "docker.io" ? dockerHub : host);

/** Old versions of Docker wrote addresses instead of hosts. */
const hostOf = (key: string): string =>
    key === dockerHub ? key : key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");

/** What credential helpers print if they have nothing for a host (docker-credential-helpers, credentials/error.go). */
const notFound = "credentials not found in native keychain";

/** Runs `docker-credential-<name> get`, which reads the host and prints JSON. */
function askHelper(name: string, server: string, env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
    const program = `docker-credential-${name}`;
    return new Promise((resolve, reject) => {
        const child = spawn(program, ["get"], { env, stdio: ["pipe", "pipe", "ignore"] });
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.on("error", ({ message }) => {
            reject(
                new RegistryError(`${program}, which Docker's configuration names for ${server}, fails: ${message}`),
            );
        });
        // A helper that does not read its input is reported by its exit status.
        child.stdin.on("error", () => undefined);
        child.on("close", (code) => {
            const text = Buffer.concat(chunks).toString("utf8").trim();
            if (code === 0) {
                resolve(parseHelper(text, program, reject));
            } else if (text === notFound) {
                resolve(undefined);
            } else {
                const [reason = ""] = text.split("\n");
                reject(
                    new RegistryError(
                        `${program} has no credentials for ${server}: ${reason || `exit status ${code ?? "unknown"}`}`,
                    ),
                );
            }
        });
        child.stdin.end(server);
    });
}

function parseHelper(text: string, program: string, reject: (error: Error) => void): Credentials | undefined {
    try {
        const { Username, Secret } = JSON.parse(text) as { readonly Username: string; readonly Secret: string };
        // Docker's name for a token in place of a password.
        return Username === "<token>" ? { identityToken: Secret } : { username: Username, password: Secret };
    } catch {
        // Without the text, which may contain a secret.
        reject(new RegistryError(`${program} prints something other than JSON`));
        return undefined;
    }
}

function readConfig(path: string): DockerConfig {
    if (!existsSync(path)) {
        return {};
    }
    try {
        return JSON.parse(readFileSync(path, "utf8")) as DockerConfig;
    } catch {
        throw new RegistryError(`${path} is not valid JSON; correct it, or run docker login again`);
    }
}

function written({ auths = {} }: DockerConfig, host: string): Credentials | undefined {
    const entry = Object.entries(auths).find(([key]) => hostOf(key) === keyOf(host))?.[1];
    if (entry?.identitytoken !== undefined && entry.identitytoken !== "") {
        return { identityToken: entry.identitytoken };
    }
    const text = Buffer.from(entry?.auth ?? "", "base64").toString("utf8");
    const colon = text.indexOf(":");
    return colon < 1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Credentials from `config.json` in `DOCKER_CONFIG` or `~/.docker`: from its credential helpers, or written in it. */
export function dockerCredentials(env: NodeJS.ProcessEnv): CredentialSource {
    const path = join(env["DOCKER_CONFIG"] ?? join(env["HOME"] ?? homedir(), ".docker"), "config.json");
    const cache = new Map<string, Promise<Credentials | undefined>>();
    const read = async (host: string): Promise<Credentials | undefined> => {
        const config = readConfig(path);
        const helper = config.credHelpers?.[keyOf(host)] ?? config.credHelpers?.[host] ?? config.credsStore;
        const found = helper === undefined || helper === "" ? undefined : await askHelper(helper, keyOf(host), env);
        return found ?? written(config, host);
    };
    return (host) => {
        const known = cache.get(host) ?? read(host);
        cache.set(host, known);
        return known;
    };
}
