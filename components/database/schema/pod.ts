import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { databaseName } from "../../../catalog/database";
import { homePool } from "../../../config/profiles";
import { poolPlacement } from "../../common/scheduling";
import { secretVolume } from "../../common/secret-volume";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import type { Resources } from "../../layer";
import { databaseImage } from "../images";
import type { LayerConfig } from "../layer-config";
import type { ServerCheck } from "../server-check";
import { port } from "../names";
import { sqlFolder } from "./command";

type Container = k8s.types.input.core.v1.Container;

/** Folder of the authority that issued the servers' certificate. */
const authorityFolder = "/var/run/secrets/authority";

/** Path of that authority's certificate in the pods. */
export const authorityFile = `${authorityFolder}/ca.crt`;

/** Requests and limits of a pod that runs SQL. */
export const sqlResources: Resources = {
    requests: { cpu: "50m", memory: "64Mi" },
    limits: { cpu: "500m", memory: "256Mi" },
};

/** Where SQL is run, and as whom. */
export interface SqlTarget {
    /** Host of the primary without a pooler: migrations and their lock need a session. */
    readonly host: pulumi.Input<string>;
    readonly user: string;
    /** Secret with the user's `password`. */
    readonly credentials: pulumi.Input<string>;
    /** Secret of the servers' certificate; pods read the authority's certificate of it and nothing else. */
    readonly certificate: pulumi.Input<string>;
    /** How the server is checked. @default verify-full */
    readonly serverCheck?: ServerCheck;
    /** @default the shop's */
    readonly database?: string;
}

/** A container that runs SQL. */
export function sqlContainer(
    name: string,
    image: string,
    { credentials }: Pick<SqlTarget, "credentials">,
    rest: Pick<Container, "command" | "args" | "env"> & { readonly sql?: string },
): Container {
    const { sql, env = [], ...own } = rest;
    const size = { "ephemeral-storage": "64Mi" };
    return {
        name,
        image,
        imagePullPolicy: "Always",
        ...own,
        env: [
            ...(env as k8s.types.input.core.v1.EnvVar[]),
            // Both clients read it; in an argument, `ps` and the Job would show it (DB-17).
            { name: "PGPASSWORD", valueFrom: { secretKeyRef: { name: credentials, key: "password" } } },
        ],
        resources: {
            requests: { ...sqlResources.requests, ...size },
            limits: { ...sqlResources.limits, ...size },
        },
        securityContext: containerSecurityContext(),
        volumeMounts: [
            { name: "authority", mountPath: authorityFolder, readOnly: true },
            ...(sql === undefined ? [] : [{ name: sql, mountPath: sqlFolder, readOnly: true }]),
        ],
    };
}

/** A container that runs `psql` with the arguments and stops at the first error. */
export function psqlContainer(
    name: string,
    { images }: Pick<LayerConfig, "images">,
    target: SqlTarget,
    args: readonly string[],
    sql?: string,
): Container {
    const { host, user, serverCheck = "verify-full", database = databaseName } = target;
    const env = {
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGDATABASE: database,
        PGSSLMODE: serverCheck,
        PGSSLROOTCERT: authorityFile,
        PGCONNECT_TIMEOUT: "10",
        // Its own home is on the read-only root.
        PSQL_HISTORY: "/dev/null",
    };
    return sqlContainer(name, databaseImage("postgresql", images), target, {
        command: ["psql"],
        args: ["--no-psqlrc", "--set=ON_ERROR_STOP=1", ...args],
        env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        ...(sql === undefined ? {} : { sql }),
    });
}

/** A pod of a Job that runs SQL and ends. Names of ConfigMaps and Secrets by the volumes that containers mount. */
export function sqlPod(
    name: string,
    config: Pick<LayerConfig, "profile" | "dedicatedPools">,
    { certificate }: Pick<SqlTarget, "certificate">,
    containers: Pick<k8s.types.input.core.v1.PodSpec, "initContainers" | "containers">,
    configMaps: Readonly<Record<string, pulumi.Input<string>>>,
    secrets: Readonly<Record<string, pulumi.Input<string>>> = {},
): k8s.types.input.core.v1.PodSpec {
    return {
        restartPolicy: "Never",
        serviceAccountName: name,
        // Uses no API.
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurityContext(),
        ...poolPlacement(name, homePool(config.profile, { namespace: "data" }), config.dedicatedPools),
        ...containers,
        volumes: [
            // Not the private key beside it.
            secretVolume("authority", certificate, ["ca.crt"]),
            ...Object.entries(configMaps).map(([volume, configMap]) => ({
                name: volume,
                configMap: { name: configMap },
            })),
            ...Object.entries(secrets).map(([volume, secretName]) => secretVolume(volume, secretName)),
        ],
    };
}
