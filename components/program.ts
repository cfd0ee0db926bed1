import type { Workloads } from "../catalog/types";
import { workloads as shop } from "../catalog/workloads";
import { cloudProviders, drProvider } from "./cloud";
import type { Declared } from "./layer";
import { type Layers, layers as shopLayers, Platform } from "./platform";

/** Changes to the shipped program, for tests and for shops with services of their own. */
export interface ProgramOptions {
    /** @default the shop's own catalogue */
    readonly workloads?: Workloads;
    /** @default the shop's own layers */
    readonly layers?: Layers;
}

/** A program, and what its layers declared when it last ran: the plan reads it. */
export interface PlatformProgram {
    (): Promise<Record<string, unknown>>;
    readonly declared: () => Declared | undefined;
}

/** The program that Pulumi runs: configuration, platform, outputs. Nothing is registered before the configuration is valid. */
export function createProgram(options: ProgramOptions = {}): PlatformProgram {
    const workloads = options.workloads ?? shop;
    const layers = options.layers ?? shopLayers;
    let declared: Declared | undefined;
    const run = () => {
        const config = layers.configuration.load(workloads);
        const platform = new Platform(
            "platform",
            { config, workloads, drProvider: drProvider(config), layers },
            { providers: cloudProviders(config) },
        );
        declared = platform.declared;
        return Promise.resolve({
            tier: config.tier,
            cloud: config.cloud,
            role: config.role,
            clusterName: platform.clusterName,
            clusterEndpoint: platform.clusterEndpoint,
            services: platform.services,
            ...(platform.backupBucket === undefined ? {} : { backupBucket: platform.backupBucket }),
            standIns: platform.standIns,
        });
    };
    return Object.assign(run, { declared: () => declared });
}
