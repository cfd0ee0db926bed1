import type * as pulumi from "@pulumi/pulumi";

import { storageConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer } from "../layer";
import { awsStorage } from "./aws/storage";
import { existingStorage } from "./existing";
import { gcpStorage } from "./gcp/storage";
import type { Storage } from "./types";

/** Inputs of {@link createStorage}. */
export interface StorageArgs {
    readonly config: LayerConfig;
    /** The cloud's provider in the disaster-recovery region; undefined where no copies are kept there. */
    readonly drProvider?: pulumi.ProviderResource | undefined;
}

/** Creates storage classes in the cluster of the options' provider, and keys and buckets in the cloud. */
export function createStorage(name: string, args: StorageArgs, opts?: pulumi.ComponentResourceOptions): Storage {
    const { config, drProvider } = args;
    switch (config.cloud) {
        case "gcp":
            return gcpStorage(name, config, opts);
        case "aws":
            return awsStorage(name, config, drProvider, opts);
        case "existing":
            return existingStorage(name, config, opts);
    }
}

/** Storage classes, snapshot classes, and buckets for backups and logs (ST-01 to ST-08). */
export const storage: Layer<"storage", LayerConfig, Pick<StorageArgs, "drProvider">, Storage, typeof storageConfig> = {
    name: "storage",
    config: storageConfig,
    create: createStorage,
};
