import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { databaseName } from "../../catalog/database";
import { homePool } from "../../config/profiles";
import { InternalCertificate, type IssuerRef } from "../common/certificate";
import { labels } from "../common/labels";
import { oneOffJob } from "../common/one-off-job";
import { poolPlacement } from "../common/scheduling";
import { secretVolume } from "../common/secret-volume";
import { containerSecurityContext, podSecurityContext } from "../common/security-context";
import { variables } from "../common/variables";
import { nameByContent } from "../common/content-hash";
import { indexesName, indexesResources } from "./declare";
import { documentsImage } from "./images";
import type { LayerConfig } from "./layer-config";
import { documentsHost, documentsNamespace, mongodPort, replicaSet } from "./types";
import { schemaUser } from "./users";

/** The scripts by file name. No secret is in them. */
export const indexScripts: Readonly<Record<string, string>> = Object.fromEntries(
    ["run.js", "indexes.js"].map((name) => [name, readFileSync(join(__dirname, "scripts", name), "utf8")]),
);

/** Arguments of {@link IndexesJob}. */
export interface IndexesJobArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly issuer: IssuerRef;
    /** Secret of the owner of the schema. */
    readonly credentials: pulumi.Input<string>;
    /** Resolves when the replica set has a primary. */
    readonly needs: readonly pulumi.Resource[];
}

const secrets = "/var/run/secrets";

/** Where mongosh connects, and as whom. */
const environment = {
    MONGODB_HOST: documentsHost,
    MONGODB_PORT: String(mongodPort),
    MONGODB_DATABASE: databaseName,
    MONGODB_REPLICA_SET: replicaSet,
    MONGODB_USER: schemaUser,
    // mongosh keeps a log and its settings in the home of its user, which the root does not have.
    HOME: "/tmp",
};

function container(image: string): k8s.types.input.core.v1.Container {
    const size = { "ephemeral-storage": "128Mi" };
    return {
        name: "mongosh",
        image,
        imagePullPolicy: "Always",
        command: ["mongosh", "--nodb", "--norc", "--quiet", "--file", "/scripts/run.js"],
        env: variables(environment),
        resources: {
            requests: { ...indexesResources.requests, ...size },
            limits: { ...indexesResources.limits, ...size },
        },
        securityContext: containerSecurityContext(),
        volumeMounts: [
            { name: "scripts", mountPath: "/scripts", readOnly: true },
            { name: "credentials", mountPath: `${secrets}/credentials`, readOnly: true },
            { name: "certificate", mountPath: `${secrets}/certificate`, readOnly: true },
            { name: "tmp", mountPath: "/tmp" },
        ],
    };
}

/**
 * Creates collections and indexes before the services start (MG-01). Its name ends with the hash of what it runs: other scripts
 * are another Job, and the same ones none.
 */
export class IndexesJob extends pulumi.ComponentResource {
    /** Succeeded when it resolves: Pulumi waits for the Job. */
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: IndexesJobArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:documents:IndexesJob", name, {}, opts);
        const { config, namespace, issuer, credentials, needs } = args;
        const image = documentsImage("server", config.images);
        const hashed = nameByContent(indexesName, JSON.stringify([indexScripts, image]));
        const child = { parent: this };
        const metadata = { name: indexesName, namespace, labels: labels(indexesName, "documents") };
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${indexesName}-certificate`,
                namespace,
                component: "documents",
                issuer,
                usage: "client",
                commonName: indexesName,
            },
            child,
        ).secretName;
        const scripts = new k8s.core.v1.ConfigMap(
            `${name}-scripts`,
            { metadata: { ...metadata, name: hashed }, data: indexScripts, immutable: true },
            child,
        ).metadata.name;
        const pod = {
            restartPolicy: "Never",
            serviceAccountName: indexesName,
            // Uses no API.
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurityContext(),
            ...poolPlacement(
                indexesName,
                homePool(config.profile, { namespace: documentsNamespace }),
                config.dedicatedPools,
            ),
            containers: [container(image)],
            volumes: [
                { name: "scripts", configMap: { name: scripts } },
                secretVolume("credentials", credentials),
                secretVolume("certificate", certificate),
                { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
            ],
        };
        const job = { app: indexesName, component: "documents", namespace, jobName: hashed };
        this.resource = oneOffJob(name, { ...job, backoffLimit: 3, pod, needs }, child);
        this.registerOutputs({});
    }
}
