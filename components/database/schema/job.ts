import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { databaseOwner } from "../../../catalog/database";
import { shortHash } from "../../common/content-hash";
import { labels } from "../../common/labels";
import { oneOffJob } from "../../common/one-off-job";
import { databaseImage } from "../images";
import type { LayerConfig } from "../layer-config";
import type { ServerCheck } from "../server-check";
import { port } from "../names";
import { migrateScript, migrateUrl, sqlFolder } from "./command";
import { schemaSql, seedSql } from "./migrations";
import { authorityFile, psqlContainer, sqlContainer, sqlPod, type SqlTarget } from "./pod";

/** Arguments of {@link SchemaJob}. */
export interface SchemaJobArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    /** Host of the primary without a pooler. */
    readonly host: pulumi.Input<string>;
    /** How the server is checked. @default verify-full */
    readonly serverCheck?: ServerCheck;
    /** Secret of the database's owner. */
    readonly owner: pulumi.Input<string>;
    /** Secret of the servers' certificate. */
    readonly certificate: pulumi.Input<string>;
    /** Resolves when PostgreSQL accepts connections and the roles exist. */
    readonly needs: readonly pulumi.Resource[];
}

/** Name of the Job's account, and what the Job's own name begins with. */
export const schemaName = "schema";

/**
 * Brings the schema to the stack's version before the services start (DB-15): migrations, then rights, in dev then the made-up
 * catalogue. Its name ends with the hash of what it runs: other SQL is another Job, and the same SQL none.
 */
export class SchemaJob extends pulumi.ComponentResource {
    /** Succeeded when it resolves: Pulumi waits for the Job. */
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: SchemaJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:SchemaJob", name, {}, opts);
        const { config, namespace, host, serverCheck = "verify-full", owner, certificate, needs } = args;
        const { migrations, access } = schemaSql(config.database.users);
        const seed = config.tier === "dev" ? seedSql() : undefined;
        const target: SqlTarget = { host, user: databaseOwner, credentials: owner, certificate, serverCheck };
        const image = databaseImage("migrate", config.images);
        const content = [migrations, access, seed, image, databaseImage("postgresql", config.images)];
        const hash = shortHash(JSON.stringify(content));
        const child = { parent: this };
        const metadata = { name: schemaName, namespace, labels: labels(schemaName, "database") };
        // No secret is in it: passwords are set by the operator, and grants name roles.
        const sql = (role: string, data: Readonly<Record<string, string>>): pulumi.Output<string> =>
            new k8s.core.v1.ConfigMap(
                `${name}-${role}`,
                {
                    metadata: { ...metadata, name: `${schemaName}-${role}-${hash}` },
                    data,
                    immutable: true,
                },
                child,
            ).metadata.name;
        const configMaps = {
            migrations: sql("migrations", migrations),
            rights: sql("rights", { "access.sql": access, ...(seed === undefined ? {} : { "seed.sql": seed }) }),
        };
        const url = pulumi.output(host).apply((known) => migrateUrl(known, port, authorityFile, serverCheck));
        const files = [
            `--file=${sqlFolder}/access.sql`,
            ...(seed === undefined ? [] : [`--file=${sqlFolder}/seed.sql`]),
        ];
        const pod = sqlPod(
            schemaName,
            config,
            target,
            {
                initContainers: [
                    sqlContainer("migrate", image, target, {
                        command: ["sh", "-c", migrateScript],
                        env: [{ name: "DATABASE_URL", value: url }],
                        sql: "migrations",
                    }),
                ],
                containers: [psqlContainer("rights", config, target, files, "rights")],
            },
            configMaps,
        );
        // A lock that was not free within five seconds is free some minutes later.
        const backoffLimit = 6;
        const job = { app: schemaName, component: "database", namespace, jobName: `${schemaName}-${hash}` };
        this.resource = oneOffJob(name, { ...job, backoffLimit, pod, needs }, child);
        this.registerOutputs({});
    }
}
