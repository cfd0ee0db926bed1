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

/** Tags as the driver takes them, one parameter each: whose it is, also after its cluster is gone. */
function tags(config: Pick<LayerConfig, "stack" | "tier">): Record<string, string> {
    const entries = Object.entries(volumeLabels(config));
    return Object.fromEntries(
        entries.map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`]),
    );
}

/** EBS volumes under a key of ours, in one zone each: there is no class in two zones (ST-01 to ST-03, SC-06). */
export function awsClasses(config: Pick<LayerConfig, "stack" | "tier">, key: pulumi.Input<string>): StorageClassesArgs {
    const disk = (type: string, more: Readonly<Record<string, string>> = {}) => ({
        type,
        ...more,
        // A snapshot or a volume that gets out is unreadable without the key.
        encrypted: "true",
        kmsKeyId: key,
        "csi.storage.k8s.io/fstype": "ext4",
        ...tags(config),
    });
    return {
        provisioner: driver,
        parameters: {
            // The IOPS of every gp3, for more would refuse small volumes; twice the throughput, for WAL and compaction.
            "fast-ssd": disk("gp3", { iops: "3000", throughput: "250" }),
            "standard-ssd": disk("gp3"),
            // 125 GiB is the least that st1 comes in.
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
        // The driver's own role asks EC2 for volumes, and nodes attach them: both come through EC2, and neither can be
        // named here without tying this layer to the cluster's insides.
        { config, description: "Persistent volumes", through: `ec2.${config.region}` },
        opts,
    );
    const classes = new StorageClasses(name, awsClasses(config, volumes.arn), opts);
    const { fastSsd, standardSsd, hdd, regionalSsd } = classes;
    const snapshots = new SnapshotClasses(`${name}-snapshots`, { driver, parameters: tags(config) }, opts);
    const common = { fastSsd, standardSsd, hdd, regionalSsd, snapshots };
    if (config.replicaOf !== undefined) {
        const bucket = s3Name(config.account, config.region, config.replicaOf, "backup");
        // The copy that the primary keeps in this region.
        const backups = { name: pulumi.output(bucket), url: pulumi.output(`s3://${bucket}`), key: undefined };
        return { ...common, backups, logs: undefined, recorder: undefined };
    }
    const { backups, logs, recorder } = new AwsBuckets(`${name}-buckets`, { config, drProvider }, opts);
    return { ...common, backups, logs, recorder };
}
