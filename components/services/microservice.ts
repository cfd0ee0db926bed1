import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { ports, type TrafficGraph } from "../../catalog/graph";
import type { Workloads } from "../../catalog/types";
import { type PlatformConfig, replicaBounds } from "../../config/resolve";
import { labels, selectorLabels } from "../common/labels";
import { autoscalerSpec } from "./autoscaler";
import { environment, serviceUrl } from "./environment";
import { workloadPolicySpec } from "./network-policy";
import { podSpec } from "./pod";
import type { ServiceAddress } from "./types";

/** What a {@link Microservice} needs from the layers below it. */
export interface MicroserviceArgs {
    /** Name of the entry in the catalogue. */
    readonly workload: string;
    readonly workloads: Workloads;
    readonly graph: TrafficGraph;
    readonly config: PlatformConfig;
    /** The workload's namespace, once its default deny is in force. */
    readonly namespace: pulumi.Input<string>;
    /** Name of the priority class of the workload's importance, once there is one. */
    readonly priorityClassName: pulumi.Input<string>;
}

/** In a region that waits to be promoted no pod comes behind a Service; waiting for one would time out (CL-18). */
const withoutPods = { "pulumi.com/skipAwait": "true" };

/**
 * One service of the shop with all that belongs to it: Deployment, Service, ServiceAccount, autoscaler, disruption
 * budget and network policy. Rows SV-01 to SV-06, SV-14, AS-01 to AS-04, AS-10, NW-05, SC-01, SC-04.
 */
export class Microservice extends pulumi.ComponentResource implements ServiceAddress {
    public readonly url: pulumi.Output<string>;
    public readonly standIn: boolean;

    constructor(name: string, args: MicroserviceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:Microservice", name, {}, opts);
        const { workload: entry, workloads, graph, config } = args;
        const workload = workloads[entry];
        if (workload === undefined) {
            throw new Error(
                `workload: ${entry} is not in the catalogue; give one of ${Object.keys(workloads).join(", ")}`,
            );
        }
        const bounds = replicaBounds(config, entry, workload.scaling);
        const image = config.services[entry]?.image;
        this.standIn = image === undefined;
        const child = { parent: this };
        const metadata = { name: entry, namespace: args.namespace, labels: labels(entry, workload.importance) };
        const matchLabels = selectorLabels(entry);

        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            // Also said on every pod; here it holds for whatever else may use the account one day.
            { metadata, automountServiceAccountToken: false },
            child,
        );
        const policy = new k8s.networking.v1.NetworkPolicy(
            `${name}-policy`,
            { metadata, spec: workloadPolicySpec(entry, workloads, graph) },
            child,
        );
        const deployment = new k8s.apps.v1.Deployment(
            name,
            {
                metadata,
                spec: {
                    // Absent under an autoscaler: two owners of one field undo each other's work.
                    ...(config.replicas.autoscale ? {} : { replicas: bounds.min }),
                    revisionHistoryLimit: 5,
                    minReadySeconds: 5,
                    selector: { matchLabels },
                    // Never fewer than asked for, one more at a time: the quota has room for that one.
                    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                    template: {
                        metadata: { labels: metadata.labels, annotations: this.podAnnotations() },
                        spec: podSpec({
                            name: entry,
                            workload,
                            config,
                            image,
                            env: environment(entry, workload, workloads, graph),
                            priorityClassName: args.priorityClassName,
                        }),
                    },
                },
            },
            // No pod before its rules: the first packet is judged like all others.
            { ...child, dependsOn: [account, policy] },
        );
        const service = new k8s.core.v1.Service(
            `${name}-service`,
            {
                metadata: bounds.max === 0 ? { ...metadata, annotations: withoutPods } : metadata,
                spec: {
                    type: "ClusterIP",
                    selector: matchLabels,
                    ports: [
                        { name: "http", port: workload.servicePort ?? ports.http, targetPort: "http", protocol: "TCP" },
                        { name: "management", port: ports.management, targetPort: "management", protocol: "TCP" },
                    ],
                },
            },
            // A Service is waited for until it has pods behind it.
            { ...child, dependsOn: [deployment] },
        );
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-budget`,
            {
                metadata,
                spec: {
                    maxUnavailable: 1,
                    selector: { matchLabels },
                    // A pod that is broken anyway must not keep a node from being drained.
                    unhealthyPodEvictionPolicy: "AlwaysAllow",
                },
            },
            child,
        );
        if (config.replicas.autoscale) {
            new k8s.autoscaling.v2.HorizontalPodAutoscaler(
                `${name}-autoscaler`,
                { metadata, spec: autoscalerSpec(entry, workload.scaling, bounds) },
                { ...child, dependsOn: [deployment] },
            );
        }
        const url = serviceUrl(entry, workload);
        this.url = service.urn.apply(() => url);
        this.registerOutputs({ url: this.url, standIn: this.standIn });
    }

    private podAnnotations(): Record<string, string> {
        // The plan lists who still runs a stand-in, so that nobody takes the first day's stack for a finished one.
        return this.standIn ? { "ecommerce-platform/stand-in": "true" } : {};
    }
}
