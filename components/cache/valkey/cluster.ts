import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { StoreCaller } from "../../../catalog/graph";
import type { NamespaceName } from "../../../catalog/types";
import type { Inputs } from "../../../custom-resources/inputs";
import type { PodMonitor } from "../../../custom-resources/types/monitoring.coreos.com/PodMonitor";
import { InternalCertificate, type IssuerRef, serviceNames } from "../../common/certificate";
import { contentHash } from "../../common/content-hash";
import { labels, selectorLabels } from "../../common/labels";
import { formedName } from "../declare";
import { hasBackup, type Instance, membersOf, namespace, nodesService, ports } from "../instances";
import type { LayerConfig } from "../layer-config";
import { FormedJob } from "./formed";
import { type PodArgs, ValkeyMember } from "./member";
import { scripts } from "./scripts";
import { memberList, valkeyConf } from "./settings";
import { ValkeyUsers } from "./users";

/** Arguments of {@link ValkeyCluster}. */
export interface ValkeyClusterArgs {
    readonly instance: Instance;
    readonly config: LayerConfig;
    readonly callers: readonly StoreCaller[];
    /** Resolve when quota and network policies exist. */
    readonly namespaces: Readonly<Record<NamespaceName, pulumi.Output<string>>>;
    readonly issuer: IssuerRef;
    readonly priorityClassName: string;
    /** The priority class, and what serves PodMonitor. */
    readonly needs: readonly pulumi.Resource[];
}

/** A sharded Valkey cluster whose masters and replicas never share a zone (CA-01, CA-06, X2, X30). */
export class ValkeyCluster extends pulumi.ComponentResource {
    /** Secret with the credentials of each service that calls the cluster, in the service's namespace. */
    public readonly serviceSecrets: Readonly<Record<string, pulumi.Output<string>>>;
    /** ConfigMap with the list of members. */
    public readonly configMapName: pulumi.Output<string>;
    /** Secrets of the users that copy the cluster; empty without a backup. */
    public readonly backupSecrets: Readonly<Record<string, pulumi.Output<string>>>;
    /** The cluster accepts reads and writes when these exist. */
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ValkeyClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:cache:ValkeyCluster", name, {}, opts);
        const { instance, config, namespaces } = args;
        const child = { parent: this };
        const own = namespaces[namespace];
        const metadata = { name: instance.name, namespace: own, labels: labels(instance.name, "cache") };
        const matchLabels = selectorLabels(instance.name);
        const members = membersOf(instance);
        const users = new ValkeyUsers(
            `${name}-users`,
            { instance: instance.name, callers: args.callers, namespaces, backup: hasBackup(config, instance.name) },
            child,
        );
        const certificate = new InternalCertificate(
            `${name}-certificate`,
            {
                secretName: `${instance.name}-certificate`,
                namespace: own,
                component: "cache",
                issuer: args.issuer,
                // Members are each other's clients.
                usage: "peer",
                commonName: instance.name,
                dnsNames: [
                    ...serviceNames(instance.name, namespace),
                    `*.${nodesService(instance.name)}.${namespace}.svc.cluster.local`,
                    "localhost",
                ],
            },
            child,
        );
        const data = { "valkey.conf": valkeyConf(instance), members: memberList(members), ...scripts };
        const configMap = new k8s.core.v1.ConfigMap(`${name}-config`, { metadata, data }, child);
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const nodes = new k8s.core.v1.Service(
            `${name}-nodes`,
            {
                metadata: {
                    ...metadata,
                    name: nodesService(instance.name),
                    // Its endpoints are pods that wait for this Service's names.
                    annotations: { "pulumi.com/skipAwait": "true" },
                },
                spec: {
                    clusterIP: "None",
                    selector: matchLabels,
                    // Members have to find each other before any of them is ready.
                    publishNotReadyAddresses: true,
                    ports: [{ name: "valkey", port: ports.valkey, targetPort: "valkey", protocol: "TCP" }],
                },
            },
            child,
        );
        const pods: PodArgs = {
            instance,
            config,
            namespace: own,
            serviceAccountName: account.metadata.name,
            priorityClassName: args.priorityClassName,
            configMapName: configMap.metadata.name,
            configHash: contentHash(JSON.stringify(data)),
            usersSecret: users.secretName,
            metricsSecret: users.metricsSecret,
            certificateSecret: certificate.secretName,
        };
        // One after the other: an update never stops two members at a time, and begins with the replicas.
        const sets = [...members].reverse().reduce<ValkeyMember[]>((before, member) => {
            const suffix = member.name.slice(instance.name.length + 1);
            const needs = [nodes, ...args.needs, ...before.slice(-1)];
            return [...before, new ValkeyMember(`${name}-${suffix}`, { member, pods, needs }, child)];
        }, []);
        this.createBudgets(name, instance, own);
        new k8s.core.v1.Service(
            `${name}-service`,
            {
                metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
                spec: {
                    type: "ClusterIP",
                    selector: matchLabels,
                    ports: [{ name: "valkey", port: ports.valkey, targetPort: "valkey", protocol: "TCP" }],
                },
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
        this.serviceSecrets = users.serviceSecrets;
        this.backupSecrets = users.backupSecrets;
        this.configMapName = configMap.metadata.name;
        this.ready =
            config.role === "replica"
                ? sets
                : [new FormedJob(`${name}-formed`, { name: formedName(instance.name), pods, needs: sets }, child)];
        this.registerOutputs({});
    }

    /** One budget a shard: an eviction never takes a master while its replica is away, and nodes of two shards can be drained. */
    private createBudgets(name: string, { name: instance, shards }: Instance, own: pulumi.Input<string>): void {
        for (let shard = 0; shard < shards; shard += 1) {
            const budget = `${instance}-${shard}`;
            new k8s.policy.v1.PodDisruptionBudget(
                `${name}-${shard}-budget`,
                {
                    metadata: { name: budget, namespace: own, labels: labels(budget, "cache") },
                    spec: {
                        maxUnavailable: 1,
                        selector: {
                            matchLabels: { ...selectorLabels(instance), "cache.shop/shard": String(shard) },
                        },
                        // A member that is not ready may be the one whose copy is needed: it counts.
                        unhealthyPodEvictionPolicy: "IfHealthyBudget",
                    },
                },
                { parent: this },
            );
        }
    }
}
