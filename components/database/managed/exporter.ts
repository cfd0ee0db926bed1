import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { homePool } from "../../../config/profiles";
import type { Inputs } from "../../../custom-resources/inputs";
import type { PodMonitor } from "../../../custom-resources/types/monitoring.coreos.com/PodMonitor";
import { labels, selectorLabels } from "../../common/labels";
import { poolPlacement } from "../../common/scheduling";
import { secretVolume } from "../../common/secret-volume";
import { containerSecurityContext, podSecurityContext } from "../../common/security-context";
import { chartPriorityClass } from "../../helm";
import type { Resources } from "../../layer";
import { databaseImage } from "../images";
import type { LayerConfig } from "../layer-config";
import type { ServerCheck } from "../server-check";
import type { DatabaseMetrics } from "../types";
import {
    authModule,
    exporterArguments,
    exporterConfig,
    exporterFolders,
    exporterName,
    exporterPort,
    exporterTarget,
} from "./exporter-config";
import { restartOnChange } from "./pgbouncer";

/** Arguments of {@link ServerExporter}. */
export interface ServerExporterArgs {
    readonly config: LayerConfig;
    readonly namespace: pulumi.Input<string>;
    /** Hosts of the primary and of the replicas. */
    readonly hosts: readonly pulumi.Output<string>[];
    readonly serverCheck: ServerCheck;
    /** Password of the exporter's role, secret. */
    readonly password: pulumi.Output<string>;
    /** Secret of the servers' authorities. */
    readonly authority: pulumi.Input<string>;
    /** ConfigMap of the shop's own queries. */
    readonly queries: pulumi.Input<string>;
    /** What serves PodMonitor, and the role. */
    readonly needs: readonly pulumi.Resource[];
}

export const exporterResources: Resources = {
    requests: { cpu: "25m", memory: "64Mi" },
    limits: { cpu: "250m", memory: "128Mi" },
};

function container(config: LayerConfig): k8s.types.input.core.v1.Container {
    // Of the exporter alone: the servers' state is a metric, and a restart does not repair them.
    const probe = { httpGet: { path: "/", port: "metrics" } };
    return {
        name: exporterName,
        image: databaseImage("exporter", config.images),
        imagePullPolicy: "Always",
        args: [...exporterArguments],
        ports: [{ name: "metrics", containerPort: exporterPort }],
        resources: {
            requests: { ...exporterResources.requests, "ephemeral-storage": "16Mi" },
            limits: { ...exporterResources.limits, "ephemeral-storage": "32Mi" },
        },
        startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 30 },
        livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
        readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 2 },
        securityContext: containerSecurityContext(),
        volumeMounts: [
            { name: "config", mountPath: exporterFolders.config, readOnly: true },
            { name: "authority", mountPath: exporterFolders.authority, readOnly: true },
            { name: "queries", mountPath: exporterFolders.queries, readOnly: true },
        ],
    };
}

/** Metrics of a managed service's servers, which run no exporter of their own (DB-11, DB-18): one pod reads all of them. */
export class ServerExporter extends pulumi.ComponentResource {
    public readonly metrics: DatabaseMetrics = { monitor: exporterName, prefix: "pg_" };

    constructor(name: string, args: ServerExporterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:database:ServerExporter", name, {}, opts);
        const { config, namespace, hosts, serverCheck, password, authority, queries, needs } = args;
        const child = { parent: this };
        const metadata = { name: exporterName, namespace, labels: labels(exporterName, "database") };
        const matchLabels = selectorLabels(exporterName);
        const text = pulumi.secret(password.apply((known) => exporterConfig(known, serverCheck)));
        const secret = new k8s.core.v1.Secret(
            `${name}-config`,
            {
                metadata: { ...metadata, name: `${exporterName}-config` },
                data: { "config.json": text.apply((json) => Buffer.from(json).toString("base64")) },
            },
            child,
        );
        // Uses no API.
        const account = new k8s.core.v1.ServiceAccount(name, { metadata, automountServiceAccountToken: false }, child);
        new k8s.apps.v1.Deployment(
            name,
            {
                metadata: { ...metadata, annotations: restartOnChange },
                spec: {
                    // A second one would read the same statistics twice; while this one is replaced, an absence alert waits.
                    replicas: 1,
                    selector: { matchLabels },
                    template: {
                        metadata: { labels: metadata.labels },
                        spec: {
                            serviceAccountName: account.metadata.name,
                            automountServiceAccountToken: false,
                            enableServiceLinks: false,
                            priorityClassName: chartPriorityClass,
                            securityContext: podSecurityContext(),
                            ...poolPlacement(
                                exporterName,
                                homePool(config.profile, { namespace: "data" }),
                                config.dedicatedPools,
                            ),
                            containers: [container(config)],
                            volumes: [
                                secretVolume("config", secret.metadata.name),
                                secretVolume("authority", authority),
                                { name: "queries", configMap: { name: queries } },
                            ],
                        },
                    },
                },
            },
            { ...child, dependsOn: [...needs] },
        );
        new k8s.apiextensions.CustomResource(
            `${name}-monitor`,
            {
                apiVersion: "monitoring.coreos.com/v1",
                kind: "PodMonitor",
                metadata,
                spec: {
                    selector: { matchLabels },
                    podMetricsEndpoints: hosts.map((host) => ({
                        port: "metrics",
                        path: "/probe",
                        params: { target: [host.apply(exporterTarget)], auth_module: [authModule] },
                        // The server, not the exporter's pod, is what the metrics are of.
                        relabelings: [{ sourceLabels: ["__param_target"], targetLabel: "instance" }],
                    })),
                },
            } satisfies Inputs<PodMonitor>,
            { ...child, dependsOn: [...needs] },
        );
        this.registerOutputs({});
    }
}
