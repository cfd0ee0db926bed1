import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { labels } from "./labels";

/** Arguments of {@link Credentials}. */
export interface CredentialsArgs {
    /** Name of the Secret in each namespace. */
    readonly secretName: string;
    /** `app.kubernetes.io/component` of its labels. */
    readonly component: string;
    readonly username: string;
    /** Namespaces that the Secret is created in: the store's and its caller's. */
    readonly namespaces: Readonly<Record<string, pulumi.Input<string>>>;
    /** Labels of the Secret in addition to ours, such as those by which an operator notices a new password. @default none */
    readonly secretLabels?: Readonly<Record<string, string>>;
    /** Increased to generate another password (SC-05). @default 1 */
    readonly generation?: number;
    /**
     * Whether the password has a character of each class, for stores that refuse others: an upper-case and a lower-case letter, a
     * digit, and a dash or an underscore. @default false
     */
    readonly everyClass?: boolean;
}

/** Letters and digits of a password: 190 bits, and no character that a connection string or a shell has to escape. */
const length = 32;

const everyClassOf = { special: true, overrideSpecial: "-_", minUpper: 1, minLower: 1, minNumeric: 1, minSpecial: 1 };

/**
 * A user with a generated password, as a Secret of type `basic-auth` in every namespace that needs it (SC-05, DB-17). The
 * password is secret in the state and in no other object.
 */
export class Credentials extends pulumi.ComponentResource {
    /** Names of the Secret by the keys of `namespaces`; each resolves when it exists. */
    public readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
    /** The password, a secret output. */
    public readonly password: pulumi.Output<string>;
    /** Its bcrypt hash, a secret output, for stores that compare hashes. */
    public readonly passwordHash: pulumi.Output<string>;

    constructor(name: string, args: CredentialsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:common:Credentials", name, {}, opts);
        const { secretName, username, namespaces, generation = 1, everyClass = false } = args;
        const characters = everyClass ? everyClassOf : { special: false };
        const generated = new random.RandomPassword(
            name,
            { length, ...characters, keepers: { generation: String(generation) } },
            { parent: this },
        );
        // Marked here too, not by the provider alone: what is computed from them is secret before they are known.
        this.password = pulumi.secret(generated.result);
        this.passwordHash = pulumi.secret(generated.bcryptHash);
        // `data`, not `stringData`: the API server does not return the latter, so that it would differ in each preview.
        const data = {
            username: Buffer.from(username).toString("base64"),
            password: this.password.apply((password) => Buffer.from(password).toString("base64")),
        };
        const entries = Object.entries(namespaces).map(([key, namespace]) => {
            const secret = new k8s.core.v1.Secret(
                `${name}-${key}`,
                {
                    metadata: {
                        name: secretName,
                        namespace,
                        labels: { ...labels(secretName, args.component), ...args.secretLabels },
                    },
                    type: "kubernetes.io/basic-auth",
                    data,
                },
                { parent: this },
            );
            return [key, secret.metadata.name] as const;
        });
        this.secretNames = Object.fromEntries(entries);
        this.registerOutputs({ secretNames: this.secretNames });
    }

    /**
     * Name of the Secret by a key of `namespaces`.
     *
     * @throws Error for another key: the caller forgot to ask for the Secret.
     */
    public secretIn(key: string): pulumi.Output<string> {
        const name = this.secretNames[key];
        if (name === undefined) {
            throw new Error(`no Secret was created in ${key}`);
        }
        return name;
    }
}
