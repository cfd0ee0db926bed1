import * as pulumi from "@pulumi/pulumi";

import type { Workloads } from "../catalog/types";
import { addons } from "./addons";
import { audit } from "./audit";
import { cache } from "./cache";
import { capacity } from "./capacity";
import { cluster } from "./cluster";
import { commonConfig } from "./common/config";
import { database } from "./database";
import { helmConfig } from "./helm/config";
import { Composition, type Declared } from "./layer";
import { messaging } from "./messaging";
import { network } from "./network";
import { nodes } from "./nodes";
import { search } from "./search";
import { security } from "./security";
import { services } from "./services";
import { storage } from "./storage";

/** What the layers are handed from outside. */
interface Given {
    /** The cloud's provider in the other region, where copies are kept with one. */
    readonly drProvider: pulumi.ProviderResource | undefined;
}

/**
 * The layers that the services use, in the order in which they are created; each gets the promises of those before it.
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
    .with(database)
    .with(cache)
    .with(messaging)
    .with(search)
    .with(capacity);

/** Every layer: the services come last, since they call the stores of all others. */
export const layers = infrastructure.with(services);

/** A stack's settings with the tier's defaults filled in: what the layers read. */
export type PlatformConfig = ReturnType<(typeof layers)["configuration"]["resolve"]>;

/** The shop's layers, or more. */
export interface Layers extends Pick<typeof layers, "create" | "declare"> {
    readonly configuration: { readonly load: (workloads: Workloads) => PlatformConfig };
}

/** What the whole platform is made from. */
export interface PlatformArgs {
    readonly config: PlatformConfig;
    readonly workloads: Workloads;
    readonly drProvider?: pulumi.ProviderResource | undefined;
    /** @default the shop's own */
    readonly layers?: Layers;
}

/** The layers below one component; creates no resource of its own. */
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
    /** What all layers declared. */
    public readonly declared: Declared;

    constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:platform:Platform", name, {}, opts);
        const { config, workloads, drProvider } = args;
        const made = (args.layers ?? layers).create({ config, workloads, given: { drProvider } }, this);
        const urls = Object.entries(made.services).map(([service, { url }]) => [service, url] as const);
        this.clusterName = made.cluster.name;
        this.clusterEndpoint = made.cluster.endpoint;
        this.addons = pulumi.output(made.addons.releases);
        this.services = pulumi.output(Object.fromEntries(urls));
        this.backupBucket = made.storage.backups?.url;
        this.standIns = Object.keys(made.services).filter((service) => made.services[service]?.standIn === true);
        this.declared = made.declared;
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
