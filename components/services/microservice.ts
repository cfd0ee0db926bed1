import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { ports, type TrafficGraph } from "../../catalog/graph";
import type { Workloads } from "../../catalog/types";
import { replicaBounds } from "./config";
import type { LayerConfig } from "./layer-config";
import { labels, selectorLabels, standInAnnotation } from "../common/labels";
import type { Stores } from "../layer";
import { autoscalerSpec } from "./autoscaler";
import { environment, serviceUrl, storeOf } from "./environment";
import { podSpec } from "./pod";
import type { ServiceAddress } from "./types";

/** What a {@link Microservice} needs from the layers below it. */
export interface MicroserviceArgs {
    /** Name of the entry in the catalogue. */
    readonly workload: string;
    readonly workloads: Workloads;
    readonly graph: TrafficGraph;
    readonly config: LayerConfig;
    /** Stores of the platform, each with what its callers wait for. */
    readonly stores: Stores;
    /** The workload's namespace, once its quota and the workload's network policy are in force. */
    readonly namespace: pulumi.Input<string>;
    /** Name of the priority class of the workload's importance, once there is one. */
    readonly priorityClassName: pulumi.Input<string>;
}

/** In a region that waits to be promoted no pod comes behind a Service; waiting for one would time out (CL-18). */
const withoutPods = { "pulumi.com/skipAwait": "true" };

/**
 * One service of the shop: Deployment, Service, ServiceAccount, autoscaler and disruption budget. Its network policy comes
 * with the namespace. Rows SV-01 to SV-06, SV-14, AS-01 to AS-04, AS-10, SC-01, SC-04.
 */
export class Microservice extends pulumi.ComponentResource implements ServiceAddress {
    public readonly url: pulumi.Output<string>;
    public readonly standIn: boolean;

    constructor(name: string, args: MicroserviceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:Microservice", name, {}, opts);
        const { workload: entry, workloads, graph, config, stores } = args;
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
        // A service that starts before its stores answer would fail its first requests.
        const needed = graph
            .callees(entry)
            .flatMap(({ to }) => (to.kind === "store" ? storeOf(stores, entry, to.name).ready : []));
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
                            env: environment(entry, workload, workloads, graph, stores),
                            priorityClassName: args.priorityClassName,
                        }),
                    },
                },
            },
            { ...child, dependsOn: [account, ...needed] },
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
        // The plan lists the services that still run a stand-in.
        return this.standIn ? { [standInAnnotation]: "true" } : {};
    }
}
