import type { Workloads } from "../catalog/types";
import { workloads as shop } from "../catalog/workloads";
import type { Pins } from "../config/image-lock";
import { defined } from "../config/part";
import { ConfigError } from "../config/problems";
import { keyPrefix } from "../config/validate";
import { cloudProviders, drProvider } from "./cloud";
import { type Declared, imagesByTag } from "./layer";
import { type Layers, layers as shopLayers, Platform, type PlatformConfig } from "./platform";

/** Replacements for parts of the shipped program, for tests and for other catalogues. */
export interface ProgramOptions {
    /** @default the catalogue of this repository */
    readonly workloads?: Workloads;
    /** @default the layers of `platform.ts` */
    readonly layers?: Layers;
    /** Digests of images. @default those of `images.lock.json` */
    readonly pins?: Pins;
}

/** Refuses images by tag where the stack demands digests. Not a rule of the configuration: which images run is known here. */
function checkDigests({ stack, images }: PlatformConfig, declared: Declared): void {
    const byTag = images.requireDigests ? imagesByTag(declared) : [];
    if (byTag.length > 0) {
        const message =
            `needs a digest of every image, and there is none of ${byTag.join(", ")}; run npm run pin-images -- ${stack}, ` +
            "or give a service's own image as name@sha256:...";
        throw new ConfigError(stack, [{ path: `${keyPrefix}images.requireDigests`, value: true, message }]);
    }
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
        const config = layers.configuration.load(workloads, options.pins);
        checkDigests(config, layers.declare({ config, workloads }));
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
