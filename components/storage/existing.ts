import type { PlatformConfig } from "../../config/resolve";
import type { StorageClassesArgs } from "./classes";

/** Drivers of laptop clusters, which keep a volume in a folder of the node and cannot make it larger. */
const fixedSize: ReadonlySet<string> = new Set(["rancher.io/local-path", "k8s.io/minikube-hostpath"]);

/** One driver for all three: what is fast, and whether it is encrypted, is up to whoever runs the cluster. */
export function existingClasses(config: Pick<PlatformConfig, "existing">): StorageClassesArgs {
    const provisioner = config.existing.storageProvisioner;
    return {
        provisioner,
        parameters: { "fast-ssd": {}, "standard-ssd": {}, hdd: {} },
        expandable: !fixedSize.has(provisioner),
    };
}
