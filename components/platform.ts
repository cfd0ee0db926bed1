import * as pulumi from "@pulumi/pulumi";

import type { Workloads } from "../catalog/types";
import type { Pins } from "../config/image-lock";
import { addons } from "./addons";
import { audit } from "./audit";
import { autoscaling } from "./autoscaling";
import { cache } from "./cache";
import { capacity } from "./capacity";
import { certificates } from "./certificates";
import { cluster } from "./cluster";
import { commonConfig } from "./common/config";
import { database } from "./database";
import { documents } from "./documents";
import { helmConfig } from "./helm/config";
import { Composition, type Declared } from "./layer";
import { messaging } from "./messaging";
import { network } from "./network";
import { nodes } from "./nodes";
import { search } from "./search";
import { security } from "./security";
import { services } from "./services";
import { storage } from "./storage";

/** Inputs of the layers that no layer provides. */
interface Given {
    /** The cloud's provider in the disaster-recovery region; undefined where no copies are kept there. */
    readonly drProvider: pulumi.ProviderResource | undefined;
}

/**
 * The layers that the services use, in creation order; each gets the promises of those before it.
 * One line a layer.
 */
export const infrastructure = Composition.of<Given, typeof commonConfig | typeof helmConfig>([commonConfig, helmConfig])
    .with(network)
    .with(cluster)
    .with(storage)
    .with(security)
    .with(audit)
    .with(nodes)
    .with(addons)
    .with(certificates)
    .with(database)
    .with(cache)
    .with(messaging)
    .with(autoscaling)
    .with(search)
    .with(documents)
    .with(capacity);

/** Every layer: the services come last, since they call the stores of all others. */
export const layers = infrastructure.with(services);

/** A stack's settings with the tier's defaults filled in: what the layers read. */
export type PlatformConfig = ReturnType<(typeof layers)["configuration"]["resolve"]>;

/** The shop's layers, or more. */
export interface Layers extends Pick<typeof layers, "create" | "createUntil" | "declare"> {
    readonly configuration: { readonly load: (workloads: Workloads, pins?: Pins) => PlatformConfig };
}

/** Arguments of {@link Platform}. */
export interface PlatformArgs {
    readonly config: PlatformConfig;
    readonly workloads: Workloads;
    readonly drProvider?: pulumi.ProviderResource | undefined;
    /** @default {@link layers} */
    readonly layers?: Layers;
}

/** The parent of all layers; creates no resource itself. */
export class Platform extends pulumi.ComponentResource {
    /** Undefined, like every output, where the stack has its network only. */
    public readonly clusterName: pulumi.Output<string> | undefined;
    public readonly clusterEndpoint: pulumi.Output<string> | undefined;
    /** Namespace of each add-on; resolves when the add-on is ready. */
    public readonly addons: pulumi.Output<Record<string, string>> | undefined;
    /** URL of each service inside the cluster. */
    public readonly services: pulumi.Output<Record<string, string>> | undefined;
    /** URL of the bucket of backups, in a replica of its primary's; undefined on an existing cluster. */
    public readonly backupBucket: pulumi.Output<string> | undefined;
    /** Services without an image in the configuration: they run the stand-in image. */
    public readonly standIns: string[] | undefined;
    /** What all layers declared. */
    public readonly declared: Declared;

    constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:platform:Platform", name, {}, opts);
        const { config, workloads, drProvider } = args;
        const inputs = { config, workloads, given: { drProvider } };
        if (config.cluster.networkOnly) {
            // The first of two phases: a runner is connected to the network before the cluster exists.
            this.declared = (args.layers ?? layers).createUntil(network.name, inputs, this).declared;
            this.registerOutputs({});
            return;
        }
        const created = (args.layers ?? layers).create(inputs, this);
        const urls = Object.entries(created.services).map(([service, { url }]) => [service, url] as const);
        this.clusterName = created.cluster.name;
        this.clusterEndpoint = created.cluster.endpoint;
        this.addons = pulumi.output(created.addons.releases);
        this.services = pulumi.output(Object.fromEntries(urls));
        this.backupBucket = created.storage.backups?.url;
        this.standIns = Object.keys(created.services).filter((service) => created.services[service]?.standIn === true);
        this.declared = created.declared;
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
