import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { bucketImage } from "../../common/bucket/container";
import { labels } from "../../common/labels";
import { oneOffJob } from "../../common/one-off-job";
import { nameByContent } from "../../common/content-hash";
import type { LayerConfig } from "../layer-config";
import { usersJobName, usersPod } from "./pod";
import type { OpenSearchRole } from "./roles";

/** A user of the engine. */
export interface EngineUser {
    readonly name: string;
    readonly role: OpenSearchRole;
    /** Hash of the password, secret: the Job does not get the password. */
    readonly passwordHash: pulumi.Output<string>;
}

/** Arguments of {@link UsersJob}. */
export interface UsersJobArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly host: pulumi.Input<string>;
    /** Secret with the administrator's name and password. */
    readonly administrator: pulumi.Input<string>;
    readonly users: readonly EngineUser[];
    /** The engine. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * Creates the users of a managed engine, which no resource of AWS does (SE-01, SC-05). Its name ends with the hash of its roles
 * and of the passwords' generation: other roles or passwords are another Job.
 */
export class UsersJob extends pulumi.ComponentResource {
    /** Succeeded when it resolves: Pulumi waits for the Job. */
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: UsersJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:search:UsersJob", name, {}, opts);
        const { config, namespace, host, users, needs } = args;
        const child = { parent: this };
        const metadata = { name: usersJobName, namespace, labels: labels(usersJobName, "search") };
        const image = bucketImage(config.images);
        const roles = users.map(({ name: user, role }) => [user, role] as const);
        const content = JSON.stringify([roles, config.search.passwordGeneration, image]);
        const hashed = nameByContent(usersJobName, content);
        const file = pulumi.all(users.map(({ passwordHash }) => passwordHash)).apply((hashes) => {
            const entries = roles.map(([user, role], index) => [user, { hash: hashes[index], role }] as const);
            return Buffer.from(JSON.stringify({ users: Object.fromEntries(entries) })).toString("base64");
        });
        const secret = new k8s.core.v1.Secret(
            `${name}-file`,
            {
                metadata: { ...metadata, name: hashed },
                // A hash allows guessing the password, which a ConfigMap would show to more accounts.
                data: { "users.json": pulumi.secret(file) },
                immutable: true,
            },
            child,
        );
        const pod = usersPod({ config, host, users: secret.metadata.name, administrator: args.administrator });
        // The API may answer some minutes after the domain is ready.
        const backoffLimit = 6;
        const job = { app: usersJobName, component: "search", namespace, jobName: hashed };
        this.resource = oneOffJob(name, { ...job, backoffLimit, pod, needs }, child);
        this.registerOutputs({});
    }
}
