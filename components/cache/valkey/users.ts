import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import type { NamespaceName } from "../../../catalog/types";
import { Credentials } from "../../common/credentials";
import { contentHash } from "../../common/content-hash";
import { labels } from "../../common/labels";
import { type InstanceName, namespace } from "../instances";
import { aclLine, backupUsers, defaultUser, platformUsers, serviceUser, type User } from "./acl";

/** Arguments of {@link ValkeyUsers}. */
export interface ValkeyUsersArgs {
    readonly instance: InstanceName;
    /** Services that call the cluster. */
    readonly callers: readonly StoreCaller[];
    readonly namespaces: Readonly<Record<NamespaceName, pulumi.Input<string>>>;
    /** Whether the cluster has a backup. */
    readonly backup: boolean;
}

/** SHA-256 of a password in hex, as the file of users has it: the file does not give the password away. */
export function passwordSha256(password: string): string {
    return contentHash(password);
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/**
 * The users of a Valkey cluster, each with a password of its own: one for every service that calls it, and those of the
 * platform (SC-05, SC-07).
 */
export class ValkeyUsers extends pulumi.ComponentResource {
    /** The Secret that the servers read. */
    public readonly secretName: pulumi.Output<string>;
    /** The Secret of the exporter's user. */
    public readonly metricsSecret: pulumi.Output<string>;
    /** The Secrets of the users of {@link backupUsers}; empty without a backup. */
    public readonly backupSecrets: Readonly<Record<string, pulumi.Output<string>>>;
    /** The Secret of each service, in its own namespace. */
    public readonly serviceSecrets: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: ValkeyUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:ValkeyUsers", name, {}, opts);
        const { instance, callers, namespaces, backup } = args;
        const component = "cache";
        const credentialsOf = (username: string, home: NamespaceName) =>
            new Credentials(
                `${name}-${username}`,
                {
                    secretName: `${instance}-${username}`,
                    component,
                    username,
                    namespaces: { [home]: namespaces[home] },
                },
                { parent: this },
            );
        const services = callers.map((caller) => ({
            user: serviceUser(caller),
            home: caller.namespace,
            credentials: credentialsOf(caller.workload, caller.namespace),
        }));
        const create = (user: User) => ({ user, credentials: credentialsOf(user.name, namespace) });
        const operator = create(platformUsers.operator);
        const replication = create(platformUsers.replication);
        const metrics = create(platformUsers.metrics);
        const copying = backup ? Object.values(backupUsers).map(create) : [];
        const all = [operator, replication, metrics, ...copying, ...services];
        const hashes = all.map(({ credentials }) => credentials.password.apply(passwordSha256));
        const lines = pulumi
            .all(hashes)
            .apply((values) => all.map(({ user }, index) => aclLine(user, values[index] ?? "")).join(""));
        const secret = new k8s.core.v1.Secret(
            `${name}-acl`,
            {
                metadata: {
                    name: `${instance}-users`,
                    namespace: namespaces[namespace],
                    labels: labels(`${instance}-users`, component),
                },
                type: "Opaque",
                data: {
                    "users.acl": lines.apply((text) => base64(`${defaultUser}${text}`)),
                    "replication.conf": replication.credentials.password.apply((password) =>
                        base64(`masteruser replication\nmasterauth ${password}\n`),
                    ),
                    // In this Secret too: the server's users and the scripts' password change at the same time.
                    "operator-password": operator.credentials.password.apply(base64),
                },
            },
            { parent: this },
        );
        this.secretName = secret.metadata.name;
        this.metricsSecret = metrics.credentials.secretIn(namespace);
        this.backupSecrets = Object.fromEntries(
            copying.map(({ user, credentials }) => [user.name, credentials.secretIn(namespace)]),
        );
        this.serviceSecrets = Object.fromEntries(
            services.map(({ user, home, credentials }) => [user.name, credentials.secretIn(home)]),
        );
        this.registerOutputs({ secretName: this.secretName });
    }
}
