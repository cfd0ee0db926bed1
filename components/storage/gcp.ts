import type { PlatformConfig } from "../../config/resolve";
import { cloudLabels } from "../common/cloud-labels";
import { gcpDisks } from "../common/gcp-disks";
import type { StorageClassesArgs } from "./classes";

/**
 * Persistent disks, which Google always encrypts. The type follows the machines: fast volumes are attached in the
 * database pool, the others in the app pool, and the newest series refuse every pd-* type (ST-01).
 */
export function gcpClasses(config: Pick<PlatformConfig, "nodePools" | "stack" | "tier">): StorageClassesArgs {
    const fast = gcpDisks(config.nodePools.database?.machineType ?? "").fast;
    const { standard, cold } = gcpDisks(config.nodePools.app?.machineType ?? "");
    // Written onto every disk: whose it is, also after its cluster is gone.
    const tagged = Object.entries(cloudLabels(config)).map(([key, value]) => `${key}=${value}`);
    const disk = (type: string) => ({ type, "csi.storage.k8s.io/fstype": "ext4", labels: tagged.join(",") });
    return {
        provisioner: "pd.csi.storage.gke.io",
        parameters: { "fast-ssd": disk(fast), "standard-ssd": disk(standard), hdd: disk(cold) },
    };
}
