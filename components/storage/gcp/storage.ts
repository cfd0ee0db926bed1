import * as pulumi from "@pulumi/pulumi";

import { gcpDisks } from "../../../config/gcp-disks";
import { volumePools } from "../../../config/profiles";
import type { LayerConfig } from "../layer-config";
import { volumeLabels } from "../../common/cloud-labels";
import { GcpAgents } from "../../common/gcp/service-agents";
import { GcpBuckets } from "./buckets";
import { StorageClasses, type StorageClassesArgs } from "../classes";
import { GcpKey } from "../../common/gcp/key";
import { gcsName } from "../../common/bucket-names";
import { SnapshotClasses } from "../snapshots";
import type { Storage } from "../types";

const driver = "pd.csi.storage.gke.io";

/**
 * Persistent disks under a key of ours. The type follows the machines: fast volumes are attached in the database pool,
 * the others in the app pool, and the newest series refuse every pd-* type (ST-01, SC-06).
 */
export function gcpClasses(
    config: Pick<LayerConfig, "nodePools" | "profile" | "stack" | "tier">,
    key: pulumi.Input<string>,
): StorageClassesArgs {
    const pools = volumePools(config.profile);
    const fast = gcpDisks(config.nodePools[pools.fast]?.machineType ?? "").fast;
    const { standard, cold, regional } = gcpDisks(config.nodePools[pools.standard]?.machineType ?? "");
    // Written onto every disk: whose it is, also after its cluster is gone.
    const tagged = Object.entries(volumeLabels(config)).map(([label, value]) => `${label}=${value}`);
    const disk = (type: string) => ({
        type,
        "csi.storage.k8s.io/fstype": "ext4",
        // Google encrypts every disk; with a key of ours we can see who uses it, and take it away (SC-06).
        "disk-encryption-kms-key": key,
        labels: tagged.join(","),
    });
    return {
        provisioner: driver,
        parameters: { "fast-ssd": disk(fast), "standard-ssd": disk(standard), hdd: disk(cold) },
        ...(regional === undefined ? {} : { regional: { ...disk(regional.type), ...regional.parameters } }),
    };
}

/** Storage on Google Cloud: one key for volumes, one for each bucket. */
export function gcpStorage(name: string, config: LayerConfig, opts?: pulumi.ComponentResourceOptions): Storage {
    const agents = new GcpAgents(`${name}-agents`, { config }, opts);
    const volumes = new GcpKey(`${name}-volumes`, { config, location: config.region, user: agents.compute }, opts);
    const classes = new StorageClasses(name, gcpClasses(config, volumes.id), opts);
    const { fastSsd, standardSsd, hdd, regionalSsd } = classes;
    const snapshots = new SnapshotClasses(
        `${name}-snapshots`,
        // Beside the disk, where its key is: left to itself Google takes the nearest continent.
        { driver, parameters: { "storage-locations": config.region } },
        opts,
    );
    const common = { fastSsd, standardSsd, hdd, regionalSsd, snapshots };
    if (config.replicaOf !== undefined) {
        const bucket = gcsName(config.account, config.replicaOf, "backup");
        // The primary's own: it lies in both regions.
        const backups = { name: pulumi.output(bucket), url: pulumi.output(`gs://${bucket}`), key: undefined };
        return { ...common, backups, logs: undefined, recorder: undefined };
    }
    const { backups, logs, recorder } = new GcpBuckets(`${name}-buckets`, { config, agent: agents.storage }, opts);
    return { ...common, backups, logs, recorder };
}
