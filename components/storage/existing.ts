import type * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "./layer-config";
import { StorageClasses, type StorageClassesArgs } from "./classes";
import { SnapshotClasses } from "./snapshots";
import type { Storage } from "./types";

/** Drivers of laptop clusters, which keep a volume in a folder of the node and cannot make it larger. */
const fixedSize: ReadonlySet<string> = new Set(["rancher.io/local-path", "k8s.io/minikube-hostpath"]);

/** One driver for all three: what is fast, and whether it is encrypted, is up to whoever runs the cluster. */
export function existingClasses(config: Pick<LayerConfig, "existing">): StorageClassesArgs {
    const provisioner = config.existing.storageProvisioner;
    return {
        provisioner,
        parameters: { "fast-ssd": {}, "standard-ssd": {}, hdd: {} },
        expandable: !fixedSize.has(provisioner),
    };
}

/** Storage on a cluster that is somebody else's: no key and no bucket is ours to make. */
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
        recorder: undefined,
    };
}
