import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import { secretVolume } from "../../common/secret-volume";
import { oneAtATime } from "../../common/disruption-budget";
import { labels, selectorLabels } from "../../common/labels";
import { poolPlacement, topologySpread } from "../../common/scheduling";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import { chartPriorityClass } from "../../helm";
import { databaseImage } from "../images";
import type { LayerConfig } from "../layer-config";
import { poolerName, type PoolerType, port } from "../names";
import { poolerResources } from "../pooler";
import { pgbouncerFolders as folders, pgbouncerIni, userLine, userList } from "./pgbouncer-config";
import type { ServerCheck } from "../server-check";

/** Arguments of {@link ManagedPgBouncer}. */
export interface ManagedPgBouncerArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    readonly type: PoolerType;
    readonly hosts: readonly pulumi.Output<string>[];
    readonly serverCheck: ServerCheck;
    /** Passwords by role, secret, of the roles that may connect. */
    readonly passwords: Readonly<Record<string, pulumi.Output<string>>>;
    /** Secret of the pooler's own certificate. */
    readonly certificate: pulumi.Input<string>;
    /** Secret of the servers' authorities. */
    readonly authority: pulumi.Input<string>;
    readonly needs: readonly pulumi.Resource[];
}

/** User and group of the image. */
const user = { runAsUser: 998, runAsGroup: 996, fsGroup: 996 };

/** Reloader restarts the pods when configuration, passwords or certificates have changed (SC-05). */
export const restartOnChange = { "reloader.stakater.com/auto": "true" };

function container(config: LayerConfig): k8s.types.input.core.v1.Container {
    const probe = (periodSeconds: number, failureThreshold: number) => ({
        tcpSocket: { port: "postgresql" },
        periodSeconds,
        failureThreshold,
    });
    return {
        name: "pgbouncer",
        image: databaseImage("pgbouncer", config.images),
        imagePullPolicy: "Always",
        // Not the image's entrypoint. Read: cloudnative-pg at v1.30.0, internal/cmd/manager/pgbouncer/run/cmd.go.
        command: ["/usr/bin/pgbouncer"],
        args: [`${folders.config}/pgbouncer.ini`],
        ports: [{ name: "postgresql", containerPort: port }],
        resources: {
            requests: { ...poolerResources.requests, "ephemeral-storage": "64Mi" },
            limits: { ...poolerResources.limits, "ephemeral-storage": "128Mi" },
        },
        startupProbe: probe(2, 30),
        livenessProbe: probe(10, 3),
        readinessProbe: probe(5, 2),
        // Sessions go on while endpoints are removed.
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        securityContext: containerSecurityContext(),
        volumeMounts: [
            { name: "config", mountPath: folders.config, readOnly: true },
            { name: "users", mountPath: folders.users, readOnly: true },
            { name: "certificate", mountPath: folders.certificate, readOnly: true },
            { name: "authority", mountPath: folders.authority, readOnly: true },
        ],
    };
}

/** PgBouncer in front of a managed primary or its replicas, at the address that the operator's pooler has (DB-09, DB-18). */
export class ManagedPgBouncer extends pulumi.ComponentResource {
    public readonly resource: pulumi.Resource;

    constructor(name: string, args: ManagedPgBouncerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:ManagedPgBouncer", name, {}, opts);
        const { config, namespace, type, hosts, serverCheck, passwords, certificate, authority, needs } = args;
        const { instances } = config.database.poolers;
        const child = { parent: this };
        const appName = poolerName(type);
        const metadata = { name: appName, namespace, labels: labels(appName, "database") };
        const configMap = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata,
                data: {
                    "pgbouncer.ini": pulumi
                        .all([...hosts])
                        .apply((known) => pgbouncerIni(config, type, known, serverCheck)),
                },
            },
            child,
        );
        const roles = Object.keys(passwords).sort();
        const lines = pulumi
            .all(roles.map((role) => passwords[role] ?? ""))
            .apply((values) => values.map((password, index) => userLine(roles[index] ?? "", password)).join(""));
        const secret = new k8s.core.v1.Secret(
            `${name}-users`,
            {
                metadata: { ...metadata, name: `${appName}-users` },
                data: { [userList]: pulumi.secret(lines).apply((text) => Buffer.from(text).toString("base64")) },
            },
            child,
        );
        // Uses no API.
        const account = new k8s.core.v1.ServiceAccount(name, { metadata, automountServiceAccountToken: false }, child);
        const pool = homePool(config.profile, { namespace: "data" });
        // The pod's group reads them: the container's user does not own the files.
        this.resource = new k8s.apps.v1.Deployment(
            name,
            {
                metadata: { ...metadata, annotations: restartOnChange },
                spec: {
                    replicas: instances,
                    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                    selector: { matchLabels: selectorLabels(appName) },
                    template: {
                        metadata: { labels: metadata.labels },
                        spec: {
                            serviceAccountName: account.metadata.name,
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            priorityClassName: chartPriorityClass,
                            securityContext: { ...podSecurityContext(), ...user },
                            ...poolPlacement(appName, pool, config.dedicatedPools),
                            topologySpreadConstraints: topologySpread(appName, config.spread),
                            // Longer than a transaction may take.
                            terminationGracePeriodSeconds: 60,
                            containers: [container(config)],
                            volumes: [
                                { name: "config", configMap: { name: configMap.metadata.name } },
                                secretVolume("users", secret.metadata.name),
                                secretVolume("certificate", certificate, ["tls.crt", "tls.key"]),
                                secretVolume("authority", authority),
                            ],
                        },
                    },
                },
            },
            { ...child, dependsOn: [...needs] },
        );
        new k8s.core.v1.Service(
            name,
            {
                metadata,
                spec: {
                    selector: selectorLabels(appName),
                    ports: [{ name: "postgresql", port, targetPort: "postgresql" }],
                },
            },
            child,
        );
        if (instances > 1) {
            new k8s.policy.v1.PodDisruptionBudget(
                name,
                {
                    metadata,
                    spec: oneAtATime(selectorLabels(appName)),
                },
                child,
            );
        }
        this.registerOutputs({});
    }
}
