import type { Workloads } from "../catalog/types";
import { workloads as shop } from "../catalog/workloads";
import { cloudProviders, drProvider } from "./cloud";
import { Platform } from "./platform";
import { platformConfig } from "./platform-config";

/** Changes to the shipped program, for tests and for shops with services of their own. */
export interface ProgramOptions {
    /** @default the shop's own catalogue */
    readonly workloads?: Workloads;
}

/** The program that Pulumi runs: configuration, platform, outputs. Nothing is registered before the configuration is valid. */
export function createProgram(options: ProgramOptions = {}): () => Promise<Record<string, unknown>> {
    const workloads = options.workloads ?? shop;
    return () => {
        const config = platformConfig.load(workloads);
        const platform = new Platform(
            "platform",
            { config, workloads, drProvider: drProvider(config) },
            { providers: cloudProviders(config) },
        );
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
}
