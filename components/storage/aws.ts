import type { PlatformConfig } from "../../config/resolve";
import { cloudLabels } from "../common/cloud-labels";
import type { StorageClassesArgs } from "./classes";

/** EBS volumes, encrypted with the account's key for EBS (ST-01, ST-02). */
export function awsClasses(config: Pick<PlatformConfig, "stack" | "tier">): StorageClassesArgs {
    const tags = Object.entries(cloudLabels(config)).map(([key, value], index): [string, string] => [
        `tagSpecification_${index + 1}`,
        `${key}=${value}`,
    ]);
    const disk = (type: string, more: Readonly<Record<string, string>> = {}) => ({
        type,
        ...more,
        // A snapshot or a volume that gets out is unreadable without the key.
        encrypted: "true",
        "csi.storage.k8s.io/fstype": "ext4",
        ...Object.fromEntries(tags),
    });
    return {
        provisioner: "ebs.csi.aws.com",
        parameters: {
            // The IOPS of every gp3, for more would refuse small volumes; twice the throughput, for WAL and compaction.
            "fast-ssd": disk("gp3", { iops: "3000", throughput: "250" }),
            "standard-ssd": disk("gp3"),
            // 125 GiB is the least that st1 comes in.
            hdd: disk("st1"),
        },
    };
}
