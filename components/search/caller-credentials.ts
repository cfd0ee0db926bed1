import type * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../catalog/graph";
import type { NamespaceName } from "../../catalog/types";
import { Credentials } from "../common/credentials";
import type { Namespaces } from "../security/types";

/** What all passwords have in common. */
export interface PasswordArgs {
    readonly namespaces: Namespaces;
    /** Increased to generate other passwords. */
    readonly generation: number;
}

/** Arguments of {@link callerCredentials}. */
export interface CallerCredentialsArgs extends PasswordArgs {
    /** The workloads that call the store. */
    readonly callers: readonly StoreCaller[];
}

/** A user, and where its password is. */
export interface UserCredentials {
    readonly user: string;
    readonly credentials: Credentials;
    /** Name of the Secret. */
    readonly secretName: pulumi.Output<string>;
}

/** A user's password, in the namespace of its pods only: the engine has the hash. */
export function userCredentials(
    name: string,
    own: { readonly user: string; readonly secretName: string; readonly namespace: NamespaceName },
    { namespaces, generation }: PasswordArgs,
    opts: pulumi.ComponentResourceOptions,
): UserCredentials {
    const { user, secretName, namespace } = own;
    const credentials = new Credentials(
        `${name}-${user}`,
        {
            secretName,
            component: "search",
            username: user,
            namespaces: { [namespace]: namespaces[namespace] },
            generation,
        },
        opts,
    );
    return { user, credentials, secretName: credentials.secretIn(namespace) };
}

/** A caller with its user. */
export interface CallerCredentials extends UserCredentials {
    readonly caller: StoreCaller;
}

/** A user for each workload that calls the store, with the same Secret for every kind of engine (SE-01, SC-05). */
export function callerCredentials(
    name: string,
    { callers, ...args }: CallerCredentialsArgs,
    opts: pulumi.ComponentResourceOptions,
): readonly CallerCredentials[] {
    return callers.map((caller) => {
        const { workload, namespace } = caller;
        const own = { user: workload, secretName: `${workload}-elasticsearch`, namespace };
        return { caller, ...userCredentials(name, own, args, opts) };
    });
}
