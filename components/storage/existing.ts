import type * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "./layer-config";
import { StorageClasses, type StorageClassesArgs } from "./classes";
import { SnapshotClasses } from "./snapshots";
import type { Storage } from "./types";

/** Drivers of laptop clusters: volumes are folders of the node and cannot be expanded. */
const fixedSizeDrivers: ReadonlySet<string> = new Set(["rancher.io/local-path", "k8s.io/minikube-hostpath"]);

/** One driver for all classes; its performance and encryption are up to the cluster's operator. */
export function existingClasses(config: Pick<LayerConfig, "existing">): StorageClassesArgs {
    const provisioner = config.existing.storageProvisioner;
    return {
        provisioner,
        parameters: { "fast-ssd": {}, "standard-ssd": {}, hdd: {} },
        expandable: !fixedSizeDrivers.has(provisioner),
    };
}

/** Storage on an existing cluster: creates no key and no bucket. */
export function existingStorage(name: string, config: LayerConfig, opts?: pulumi.ComponentResourceOptions): Storage {
    const { fastSsd, standardSsd, hdd, regionalSsd } = new StorageClasses(name, existingClasses(config), opts);
    const driver = config.existing.snapshotDriver;
    const snapshots = driver === undefined ? undefined : new SnapshotClasses(`${name}-snapshots`, { driver }, opts);
    return {
        fastSsd,
        standardSsd,
        hdd,
        regionalSsd,
        snapshots,
        backups: undefined,
        logs: undefined,
        accessLogBucket: undefined,
    };
}
