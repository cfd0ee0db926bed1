import type { Workloads } from "../catalog/types";
import { workloads as shop } from "../catalog/workloads";
import { defined } from "../config/part";
import { cloudProviders, drProvider } from "./cloud";
import type { Declared } from "./layer";
import { type Layers, layers as shopLayers, Platform } from "./platform";

/** Replacements for parts of the shipped program, for tests and for other catalogues. */
export interface ProgramOptions {
    /** @default the catalogue of this repository */
    readonly workloads?: Workloads;
    /** @default the layers of `platform.ts` */
    readonly layers?: Layers;
}

/** A program, and the declarations of its last run, which the plan reads. */
export interface PlatformProgram {
    (): Promise<Record<string, unknown>>;
    readonly declared: () => Declared | undefined;
}

/** Creates the program that Pulumi runs: configuration, platform, outputs. An invalid configuration registers no resource. */
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
            ...defined({
                clusterName: platform.clusterName,
                clusterEndpoint: platform.clusterEndpoint,
                services: platform.services,
                backupBucket: platform.backupBucket,
                standIns: platform.standIns,
            }),
        });
    };
    return Object.assign(run, { declared: () => declared });
}
