import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../../custom-resources/inputs";
import type { PodMonitor } from "../../../custom-resources/types/monitoring.coreos.com/PodMonitor";
import { InternalCertificate, type IssuerRef, serviceNames } from "../../common/certificate";
import { oneAtATime } from "../../common/disruption-budget";
import { labels, selectorLabels } from "../../common/labels";
import { contentHash } from "../../common/content-hash";
import { namespace, nodesService, ports } from "../instances";
import type { LayerConfig } from "../layer-config";
import { podSpec } from "./pod";
import { readyScript, startScript } from "./settings";

/** Arguments of {@link Memcached}. */
export interface MemcachedArgs {
    readonly config: LayerConfig;
    /** Resolves when quota and network policies exist. */
    readonly namespace: pulumi.Output<string>;
    readonly issuer: IssuerRef;
    readonly priorityClassName: string;
    /** The priority class, and what serves PodMonitor. */
    readonly needs: readonly pulumi.Resource[];
}

const appName = "memcached";

/** Memcached pods that know nothing of each other: clients choose one by the hash of a key (CA-02, X3). */
export class Memcached extends pulumi.ComponentResource {
    /** The pods are ready when these exist. */
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: MemcachedArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:Memcached", name, {}, opts);
        const { config } = args;
        const child = { parent: this };
        const metadata = { name: appName, namespace: args.namespace, labels: labels(appName, "cache") };
        const matchLabels = selectorLabels(appName);
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${appName}-certificate`,
                namespace: args.namespace,
                component: "cache",
                issuer: args.issuer,
                usage: "server",
                commonName: appName,
                dnsNames: [
                    ...serviceNames(appName, namespace),
                    `*.${nodesService(appName)}.${namespace}.svc.cluster.local`,
                ],
            },
            child,
        );
        const data = { "start.sh": startScript(config.cache.memcached.memory), "ready.sh": readyScript };
        const configMap = new k8s.core.v1.ConfigMap(`${name}-config`, { metadata, data }, child);
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const servicePorts = [{ name: appName, port: ports.memcached, targetPort: appName, protocol: "TCP" }];
        const skipAwait = { annotations: { "pulumi.com/skipAwait": "true" } };
        const nodes = new k8s.core.v1.Service(
            `${name}-nodes`,
            {
                metadata: { ...metadata, name: nodesService(appName), ...skipAwait },
                // Without an address of its own: its names are those of the pods.
                spec: { clusterIP: "None", selector: matchLabels, ports: servicePorts },
            },
            child,
        );
        const set = new k8s.apps.v1.StatefulSet(
            name,
            {
                metadata,
                spec: {
                    serviceName: nodesService(appName),
                    // A replica of the stack runs no pods until it is promoted (CL-18).
                    replicas: config.role === "replica" ? 0 : config.cache.memcached.replicas,
                    revisionHistoryLimit: 5,
                    // A new pod fills its cache before the next one loses its own.
                    minReadySeconds: 60,
                    podManagementPolicy: "Parallel",
                    selector: { matchLabels },
                    template: {
                        metadata: {
                            labels: metadata.labels,
                            annotations: { "cache.shop/config": contentHash(data["start.sh"]) },
                        },
                        spec: podSpec({
                            name: appName,
                            config,
                            serviceAccountName: account.metadata.name,
                            priorityClassName: args.priorityClassName,
                            configMapName: configMap.metadata.name,
                            certificateSecret: certificate.secretName,
                        }),
                    },
                },
            },
            { ...child, dependsOn: [nodes, ...args.needs] },
        );
        new k8s.core.v1.Service(
            `${name}-service`,
            {
                metadata: { ...metadata, ...skipAwait },
                spec: { type: "ClusterIP", selector: matchLabels, ports: servicePorts },
            },
            child,
        );
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-budget`,
            {
                metadata,
                spec: oneAtATime(matchLabels),
            },
            child,
        );
        new k8s.apiextensions.CustomResource(
            `${name}-monitor`,
            {
                apiVersion: "monitoring.coreos.com/v1",
                kind: "PodMonitor",
                metadata,
                spec: { selector: { matchLabels }, podMetricsEndpoints: [{ port: "metrics", interval: "30s" }] },
            } satisfies Inputs<PodMonitor>,
            { ...child, dependsOn: [...args.needs] },
        );
        this.ready = [set];
        this.registerOutputs({});
    }
}
