import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Cloud } from "../../config/schema";
import { awsClasses } from "./aws";
import { StorageClasses, type StorageClassesArgs } from "./classes";
import { existingClasses } from "./existing";
import { gcpClasses } from "./gcp";
import type { Storage } from "./types";

const classes: Readonly<Record<Cloud, (config: PlatformConfig) => StorageClassesArgs>> = {
    gcp: gcpClasses,
    aws: awsClasses,
    existing: existingClasses,
};

/** What the storage layer is made from. */
export interface StorageArgs {
    readonly config: PlatformConfig;
}

/** Makes the storage classes on the cluster whose provider the options carry. */
export function createStorage(name: string, args: StorageArgs, opts?: pulumi.ComponentResourceOptions): Storage {
    return new StorageClasses(name, classes[args.config.cloud](args.config), opts);
}
