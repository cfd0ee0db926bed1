import * as pulumi from "@pulumi/pulumi";

import type { LayerConfig } from "../layer-config";
import { volumeLabels } from "../../common/cloud-labels";
import { AwsBuckets } from "./buckets";
import { StorageClasses, type StorageClassesArgs } from "../classes";
import { AwsKey } from "../../common/aws/storage-key";
import { s3Name } from "../../common/bucket-names";
import { SnapshotClasses } from "../snapshots";
import type { Storage } from "../types";

const driver = "ebs.csi.aws.com";

/** Tags as parameters of the driver, one each; they outlive the cluster. */
function tags(config: Pick<LayerConfig, "stack" | "tier">): Record<string, string> {
    const entries = Object.entries(volumeLabels(config));
    return Object.fromEntries(
        entries.map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`]),
    );
}

/** EBS volumes with a customer-managed key, zonal: there is no class over two zones (ST-01 to ST-03, SC-06). */
export function awsClasses(config: Pick<LayerConfig, "stack" | "tier">, key: pulumi.Input<string>): StorageClassesArgs {
    const disk = (type: string, more: Readonly<Record<string, string>> = {}) => ({
        type,
        ...more,
        // Volumes and snapshots cannot be decrypted without the key.
        encrypted: "true",
        kmsKeyId: key,
        "csi.storage.k8s.io/fstype": "ext4",
        ...tags(config),
    });
    return {
        provisioner: driver,
        parameters: {
            // gp3's baseline IOPS, since more would exclude small volumes; twice its throughput, for WAL and compaction.
            "fast-ssd": disk("gp3", { iops: "3000", throughput: "250" }),
            "standard-ssd": disk("gp3"),
            // st1's minimum size is 125 GiB.
            hdd: disk("st1"),
        },
    };
}

/** Storage on AWS: one key for volumes, one for each kind of bucket. */
export function awsStorage(
    name: string,
    config: LayerConfig,
    drProvider: pulumi.ProviderResource | undefined,
    opts?: pulumi.ComponentResourceOptions,
): Storage {
    const volumes = new AwsKey(
        `${name}-volumes`,
        // The driver's role creates volumes and nodes attach them, both through EC2; naming these roles would make this
        // layer depend on the cluster's implementation.
        //
        // It outlives the stack in every tier: disks of retained volumes do.
        { config, description: "Persistent volumes", viaService: `ec2.${config.region}`, keep: true },
        opts,
    );
    const classes = new StorageClasses(name, awsClasses(config, volumes.arn), opts);
    const { fastSsd, standardSsd, hdd, regionalSsd } = classes;
    const snapshots = new SnapshotClasses(`${name}-snapshots`, { driver, parameters: tags(config) }, opts);
    const common = { fastSsd, standardSsd, hdd, regionalSsd, snapshots };
    if (config.replicaOf !== undefined) {
        const bucket = s3Name(config.account, config.region, config.replicaOf, "backup");
        // The primary's copy in this region.
        const backups = { name: pulumi.output(bucket), url: pulumi.output(`s3://${bucket}`), key: undefined };
        return { ...common, backups, logs: undefined, accessLogBucket: undefined };
    }
    const { backups, logs, accessLogBucket } = new AwsBuckets(`${name}-buckets`, { config, drProvider }, opts);
    return { ...common, backups, logs, accessLogBucket };
}
