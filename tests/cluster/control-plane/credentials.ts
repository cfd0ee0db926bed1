import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** User name to group. The control plane's programs have the identities and rights that they have on a real cluster. */
const users = {
    admin: "system:masters",
    "system:kube-controller-manager": "",
    "system:kube-scheduler": "",
    // Acts for every kubelet, which no standard role allows.
    kwok: "system:masters",
} as const;

export type User = keyof typeof users;

/** Credentials that are generated for one run and removed with it. */
export interface Credentials {
    readonly tokens: Readonly<Record<User, string>>;
    readonly tokenFile: string;
    /** Private key that signs service account tokens. */
    readonly signingKeyFile: string;
    readonly verifyKeyFile: string;
}

/** Generates the credentials of a run; the files have mode 0600. */
export function makeCredentials(folder: string): Credentials {
    const names = Object.keys(users) as User[];
    const tokens = Object.fromEntries(names.map((name) => [name, randomBytes(24).toString("base64url")])) as Record<
        User,
        string
    >;
    const lines = names.map((name) => `${tokens[name]},${name},${name}${users[name] === "" ? "" : `,${users[name]}`}`);
    const pair = generateKeyPairSync("ec", {
        namedCurve: "P-256",
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "sec1", format: "pem" },
    });
    return {
        tokens,
        tokenFile: secretFile(folder, "tokens.csv", `${lines.join("\n")}\n`),
        signingKeyFile: secretFile(folder, "service-account.key", pair.privateKey),
        verifyKeyFile: secretFile(folder, "service-account.pub", pair.publicKey),
    };
}

/** Writes a kubeconfig for `user` and returns its path. */
export function writeKubeconfig(folder: string, user: User, server: string, ca: string, token: string): string {
    const config = {
        apiVersion: "v1",
        kind: "Config",
        "current-context": "control-plane",
        clusters: [
            {
                name: "control-plane",
                cluster: { server, "certificate-authority-data": Buffer.from(ca).toString("base64") },
            },
        ],
        users: [{ name: user, user: { token } }],
        contexts: [{ name: "control-plane", context: { cluster: "control-plane", user } }],
    };
    // JSON is valid YAML.
    return secretFile(folder, `${user.replace(/\W/g, "-")}.kubeconfig`, `${JSON.stringify(config, null, 2)}\n`);
}

function secretFile(folder: string, name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
}
