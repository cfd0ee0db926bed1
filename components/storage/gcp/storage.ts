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
 * Persistent disks with a customer-managed key. The disk type follows the machines: fast volumes are attached in the
 * database pool, the others in the app pool, and the newest machine series support no pd-* type (ST-01, SC-06).
 */
export function gcpClasses(
    config: Pick<LayerConfig, "nodePools" | "profile" | "stack" | "tier">,
    key: pulumi.Input<string>,
): StorageClassesArgs {
    const pools = volumePools(config.profile);
    const fast = gcpDisks(config.nodePools[pools.fast]?.machineType ?? "").fast;
    const { standard, cold, regional } = gcpDisks(config.nodePools[pools.standard]?.machineType ?? "");
    // Labels of every disk, which outlive the cluster.
    const diskLabels = Object.entries(volumeLabels(config)).map(([label, value]) => `${label}=${value}`);
    const disk = (type: string) => ({
        type,
        "csi.storage.k8s.io/fstype": "ext4",
        // Google encrypts every disk; use of a customer-managed key is logged and can be revoked (SC-06).
        "disk-encryption-kms-key": key,
        labels: diskLabels.join(","),
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
    const volumes = new GcpKey(
        `${name}-volumes`,
        // It outlives the stack in every tier: disks of retained volumes do.
        { config, location: config.region, user: agents.compute, keep: true },
        opts,
    );
    const classes = new StorageClasses(name, gcpClasses(config, volumes.id), opts);
    const { fastSsd, standardSsd, hdd, regionalSsd } = classes;
    const snapshots = new SnapshotClasses(
        `${name}-snapshots`,
        // In the region of the disk and its key; the default is the nearest multi-region.
        { driver, parameters: { "storage-locations": config.region } },
        opts,
    );
    const common = { fastSsd, standardSsd, hdd, regionalSsd, snapshots };
    if (config.replicaOf !== undefined) {
        const bucket = gcsName(config.account, config.replicaOf, "backup");
        // The primary's bucket, which is in both regions.
        const backups = { name: pulumi.output(bucket), url: pulumi.output(`gs://${bucket}`), key: undefined };
        return { ...common, backups, logs: undefined, accessLogBucket: undefined };
    }
    const { backups, logs, accessLogBucket } = new GcpBuckets(
        `${name}-buckets`,
        { config, agent: agents.storage },
        opts,
    );
    return { ...common, backups, logs, accessLogBucket };
}
