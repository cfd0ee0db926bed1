import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { ports, type TrafficGraph } from "../../catalog/graph";
import type { Workloads } from "../../catalog/types";
import { replicaBounds } from "./config";
import type { LayerConfig } from "./layer-config";
import { oneAtATime } from "../common/disruption-budget";
import { labels, selectorLabels, standInAnnotation } from "../common/labels";
import type { IssuerRef } from "../common/certificate";
import type { Stores } from "../layer";
import { autoscalerSpec } from "./autoscaler";
import { identityAnnotations, workloadSecrets } from "./credentials";
import { environment, serviceUrl, storeOf } from "./environment";
import { podSpec } from "./pod";
import { QueueScaler } from "./queue-scaler";
import { Recommender } from "./recommender";
import type { ServiceAddress } from "./types";

/** Arguments of {@link Microservice}. */
export interface MicroserviceArgs {
    /** Name of the entry in the catalogue. */
    readonly workload: string;
    readonly workloads: Workloads;
    readonly graph: TrafficGraph;
    readonly config: LayerConfig;
    /** Stores of the platform, each with its callers' dependencies. */
    readonly stores: Stores;
    /** Issuer of its certificate. */
    readonly issuer: IssuerRef;
    /** The workload's namespace; resolves when its quota and the workload's network policy exist. */
    readonly namespace: pulumi.Input<string>;
    /** Priority class of the workload's importance; resolves when it exists. */
    readonly priorityClassName: pulumi.Input<string>;
    /** How KEDA asks Kafka for the length of a queue; resolves when KEDA serves its kinds. @default not at all */
    readonly kafkaTrigger?: pulumi.Input<string> | undefined;
    /** What serves the kind VerticalPodAutoscaler, if the cluster does not. @default the cluster does */
    readonly verticalAutoscaler?: pulumi.Resource | undefined;
}

/** A replica runs no pods until it is promoted; waiting for endpoints of its Services would time out (CL-18). */
const skipAwait = { "pulumi.com/skipAwait": "true" };

/** Reloader restarts the pods when one of their Secrets has changed: a new password, or a renewed certificate (SC-05). */
const restartOnNewSecrets = { "reloader.stakater.com/auto": "true" };

/**
 * One service of the shop: Deployment, Service, ServiceAccount, autoscaler by use or by queue, recommendations and disruption budget. Its
 * network policy is created with the namespace. Rows SV-01 to SV-06, SV-14, AS-01 to AS-04, AS-09, AS-10, SC-01, SC-04.
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

        const annotations = identityAnnotations(entry, graph, stores);
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            // Set on every pod too; here for any other pod that uses the account.
            {
                metadata: annotations === undefined ? metadata : { ...metadata, annotations },
                automountServiceAccountToken: false,
            },
            child,
        );
        // A service that starts before its stores would fail its first requests.
        const storeDependencies = graph
            .callees(entry)
            .flatMap(({ to }) => (to.kind === "store" ? storeOf(stores, entry, to.name).ready : []));
        const { namespace, issuer } = args;
        const secrets = workloadSecrets(name, { workload: entry, graph, stores, namespace, issuer }, child);
        const deployment = new k8s.apps.v1.Deployment(
            name,
            {
                metadata: secrets.length === 0 ? metadata : { ...metadata, annotations: restartOnNewSecrets },
                spec: {
                    // Unset where an autoscaler owns the field.
                    ...(config.replicas.autoscale ? {} : { replicas: bounds.min }),
                    revisionHistoryLimit: 5,
                    minReadySeconds: 5,
                    selector: { matchLabels },
                    // Never below the desired count, one additional pod at a time: the quota includes it.
                    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
                    template: {
                        metadata: { labels: metadata.labels, annotations: this.podAnnotations() },
                        spec: podSpec({
                            name: entry,
                            workload,
                            config,
                            image,
                            env: environment(entry, workload, workloads, graph, stores),
                            secrets,
                            priorityClassName: args.priorityClassName,
                        }),
                    },
                },
            },
            { ...child, dependsOn: [account, ...storeDependencies] },
        );
        const service = new k8s.core.v1.Service(
            `${name}-service`,
            {
                metadata: bounds.max === 0 ? { ...metadata, annotations: skipAwait } : metadata,
                spec: {
                    type: "ClusterIP",
                    selector: matchLabels,
                    ports: [
                        { name: "http", port: workload.servicePort ?? ports.http, targetPort: "http", protocol: "TCP" },
                        { name: "management", port: ports.management, targetPort: "management", protocol: "TCP" },
                    ],
                },
            },
            // Pulumi waits until a Service has endpoints.
            { ...child, dependsOn: [deployment] },
        );
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-budget`,
            {
                metadata,
                spec: oneAtATime(matchLabels),
            },
            child,
        );
        const { queue } = workload.scaling;
        if (config.replicas.autoscale && queue !== undefined && args.kafkaTrigger !== undefined) {
            new QueueScaler(
                `${name}-scaler`,
                {
                    ...{ workload: entry, component: workload.importance, namespace, deployment, bounds, queue },
                    scaling: workload.scaling,
                    brokers: storeOf(stores, entry, "kafka").address,
                    trigger: args.kafkaTrigger,
                    preScale: config.load.preScale,
                },
                child,
            );
        } else if (config.replicas.autoscale) {
            new k8s.autoscaling.v2.HorizontalPodAutoscaler(
                `${name}-autoscaler`,
                { metadata, spec: autoscalerSpec(entry, workload.scaling, bounds) },
                { ...child, dependsOn: [deployment] },
            );
        }
        // A replica has no pods whose use could be measured.
        if (config.verticalAutoscaler && bounds.max > 0) {
            const needs = [deployment, ...(args.verticalAutoscaler === undefined ? [] : [args.verticalAutoscaler])];
            new Recommender(
                `${name}-recommender`,
                { workload: entry, component: workload.importance, namespace, needs },
                child,
            );
        }
        const url = serviceUrl(entry, workload);
        this.url = service.urn.apply(() => url);
        this.registerOutputs({ url: this.url, standIn: this.standIn });
    }

    private podAnnotations(): Record<string, string> {
        // The plan lists services that run the stand-in.
        return this.standIn ? { [standInAnnotation]: "true" } : {};
    }
}
