import type * as pulumi from "@pulumi/pulumi";

import { storageConfig } from "./config";
import type { LayerConfig } from "./layer-config";
import type { Layer } from "../layer";
import { awsStorage } from "./aws/storage";
import { existingStorage } from "./existing";
import { gcpStorage } from "./gcp/storage";
import type { Storage } from "./types";

/** What the storage layer is created from. */
export interface StorageArgs {
    readonly config: LayerConfig;
    /** The cloud's provider in the other region, where one is needed to keep copies there. */
    readonly drProvider?: pulumi.ProviderResource | undefined;
}

/** Creates classes in the cluster whose provider the options carry, and keys and buckets in the cloud around it. */
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

/** Storage classes, snapshot classes, and the buckets of backups and logs (ST-01 to ST-08). */
export const storage: Layer<"storage", LayerConfig, Pick<StorageArgs, "drProvider">, Storage, typeof storageConfig> = {
    name: "storage",
    config: storageConfig,
    create: createStorage,
};
