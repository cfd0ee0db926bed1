import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import { type CallerCredentialsArgs, callerCredentials, userCredentials } from "./caller-credentials";
import { rolesFile, usersRolesFile } from "./roles";
import { type SnapshotJob, snapshotNames } from "./snapshots/names";
import { clusterName, searchNamespace } from "./types";

/** Arguments of {@link SearchUsers}. */
export interface SearchUsersArgs extends CallerCredentialsArgs {
    /** The jobs of the snapshots, each with a user of its own. */
    readonly jobs: readonly SnapshotJob[];
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** A user for each workload that calls Elasticsearch and each job, in its file realm, and the roles (SE-01, SC-05). */
export class SearchUsers extends pulumi.ComponentResource {
    /** Names of the Secrets with the passwords by user, each in the namespace of its pods. */
    public readonly credentials: Readonly<Record<string, pulumi.Output<string>>>;
    /** Name of the Secret with the file realm. */
    public readonly usersSecret: pulumi.Output<string>;
    /** Name of the Secret with the roles. */
    public readonly rolesSecret: pulumi.Output<string>;

    constructor(name: string, args: SearchUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:SearchUsers", name, {}, opts);
        const { namespaces, callers, jobs } = args;
        const child = { parent: this };
        const jobUser = (job: SnapshotJob) => {
            const user = snapshotNames[job];
            return userCredentials(name, { user, secretName: user, namespace: searchNamespace }, args, child);
        };
        const own = [...callerCredentials(name, args, child), ...jobs.map(jobUser)];
        const secret = (suffix: string, data: Record<string, pulumi.Input<string>>) =>
            new k8s.core.v1.Secret(
                `${name}-${suffix}`,
                {
                    metadata: {
                        name: `${clusterName}-${suffix}`,
                        namespace: namespaces[searchNamespace],
                        labels: labels(`${clusterName}-${suffix}`, "search"),
                    },
                    data,
                },
                child,
            ).metadata.name;
        const users = pulumi
            .all(own.map(({ credentials }) => credentials.passwordHash))
            .apply((hashes) => base64(own.map(({ user }, index) => `${user}:${hashes[index] ?? ""}\n`).join("")));
        const names = own.map(({ user }) => user);
        this.usersSecret = secret("users", { users, users_roles: base64(usersRolesFile(names)) });
        this.rolesSecret = secret("roles", { "roles.yml": base64(rolesFile(callers, jobs)) });
        this.credentials = Object.fromEntries(own.map(({ user, secretName }) => [user, secretName]));
        this.registerOutputs({
            credentials: this.credentials,
            usersSecret: this.usersSecret,
            rolesSecret: this.rolesSecret,
        });
    }
}
