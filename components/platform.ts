import * as pulumi from "@pulumi/pulumi";

import type { Workloads } from "../catalog/types";
import type { PlatformConfig } from "../config/resolve";
import { createAddons } from "./addons";
import { createAudit, createBenchmark } from "./audit";
import { createCapacity } from "./capacity";
import { createCluster, createNodeProvisioning } from "./cluster";
import { imageRepositories } from "./images";
import { createNetwork } from "./network";
import { createNamespaces } from "./security";
import { createServices } from "./services";
import { createStorage } from "./storage";

/** What the whole platform is made from. */
export interface PlatformArgs {
    readonly config: PlatformConfig;
    readonly workloads: Workloads;
    /** The cloud's provider in the other region, where copies are kept with one. */
    readonly drProvider?: pulumi.ProviderResource | undefined;
}

/** Wires the layers, each with the promises of those before it; makes no resource of its own. */
export class Platform extends pulumi.ComponentResource {
    public readonly clusterName: pulumi.Output<string>;
    public readonly clusterEndpoint: pulumi.Output<string>;
    /** Namespace of each add-on, once it is ready. */
    public readonly addons: pulumi.Output<Record<string, string>>;
    /** URL of each service inside the cluster. */
    public readonly services: pulumi.Output<Record<string, string>>;
    /** URL of the bucket that backups go to, or in a replica come from; undefined on an existing cluster. */
    public readonly backupBucket: pulumi.Output<string> | undefined;
    /** Services that still run the stand-in image. */
    public readonly standIns: string[];

    constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:platform:Platform", name, {}, opts);
        const { config, workloads, drProvider } = args;
        const child = { parent: this };
        const network = createNetwork("network", config, child);
        const images = imageRepositories(config, workloads);
        // Three fixed nodes need nobody to make more of them (CL-15).
        const karpenter = config.profile === "standard";
        const cluster = createCluster("cluster", { config, network, karpenter, images }, child);
        const inCluster = { ...child, provider: cluster.provider };
        const storage = createStorage("storage", { config, drProvider }, inCluster);
        createAudit("audit", { config, storage }, child);
        const namespaces = createNamespaces(config, workloads, inCluster);
        const interruptionQueue = cluster.ground?.queueName ?? "";
        const addons = createAddons("addons", { config, cluster, network, namespaces, interruptionQueue }, inCluster);
        // Which nodes may be made is told in custom resources, which the release brings.
        createNodeProvisioning("provisioning", { config, cluster, needs: addons.ready }, inCluster);
        createBenchmark("kube-bench", { config, namespace: namespaces.security }, inCluster);
        createCapacity(config, namespaces, inCluster);
        const services = createServices(config, workloads, namespaces, inCluster);
        this.clusterName = cluster.name;
        this.clusterEndpoint = cluster.endpoint;
        this.addons = pulumi.output(addons.releases);
        this.services = pulumi.output(
            Object.fromEntries(Object.entries(services).map(([service, { url }]) => [service, url])),
        );
        this.backupBucket = storage.backups?.url;
        this.standIns = Object.keys(services).filter((service) => services[service]?.standIn === true);
        this.registerOutputs({
            clusterName: this.clusterName,
            clusterEndpoint: this.clusterEndpoint,
            addons: this.addons,
            services: this.services,
            ...(this.backupBucket === undefined ? {} : { backupBucket: this.backupBucket }),
            standIns: this.standIns,
        });
    }
}
