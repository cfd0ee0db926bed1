import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../../common/labels";
import { oneOffJob } from "../../common/one-off-job";
import { nameByContent } from "../../common/content-hash";
import { databaseImage } from "../images";
import type { LayerConfig } from "../layer-config";
import { sqlFolder } from "../schema/command";
import { psqlContainer, sqlPod, type SqlTarget } from "../schema/pod";
import { type LoginRole, rolesSql } from "./roles-sql";
import { scramVerifier } from "./scram";
import { administrator } from "./types";

/** Arguments of {@link RolesJob}. */
export interface RolesJobArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    /** Host, authority and credentials of the administrator. */
    readonly target: Omit<SqlTarget, "user" | "database">;
    readonly roles: readonly (LoginRole & { readonly password: pulumi.Output<string> })[];
    readonly needs: readonly pulumi.Resource[];
}

/** Name of the Job's account, and what the Job's own name begins with. */
export const rolesJobName = "database-roles";

/**
 * Creates the roles and the database on a managed service, where no operator does, before the migrations run (DB-15, DB-17). Its
 * name ends with the hash of its roles and of the passwords' generation: other roles or passwords are another Job.
 */
export class RolesJob extends pulumi.ComponentResource {
    /** Succeeded when it resolves: Pulumi waits for the Job. */
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: RolesJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:RolesJob", name, {}, opts);
        const { config, namespace, roles, needs } = args;
        const target: SqlTarget = { ...args.target, user: administrator, database: "postgres" };
        const child = { parent: this };
        const placeholders = roles.map(() => "");
        const image = databaseImage("postgresql", config.images);
        const content = JSON.stringify([rolesSql(roles, placeholders), config.database.passwordGeneration, image]);
        const hashed = nameByContent(rolesJobName, content);
        const metadata = { name: rolesJobName, namespace, labels: labels(rolesJobName, "database") };
        const sql = pulumi
            .all(roles.map(({ name: role, password }) => password.apply((value) => scramVerifier(role, value))))
            .apply((verifiers) => Buffer.from(rolesSql(roles, verifiers)).toString("base64"));
        const secret = new k8s.core.v1.Secret(
            `${name}-sql`,
            {
                metadata: { ...metadata, name: hashed },
                // A verifier allows guessing the password, which a ConfigMap would show to more accounts.
                data: { "roles.sql": pulumi.secret(sql) },
                immutable: true,
            },
            child,
        );
        const containers = [psqlContainer("roles", config, target, [`--file=${sqlFolder}/roles.sql`], "roles")];
        const pod = sqlPod(rolesJobName, config, target, { containers }, {}, { roles: secret.metadata.name });
        const job = { app: rolesJobName, component: "database", namespace, jobName: hashed };
        this.resource = oneOffJob(name, { ...job, backoffLimit: 6, pod, needs }, child);
        this.registerOutputs({});
    }
}
