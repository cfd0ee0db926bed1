import { below, type Change } from "../core/diff";

/** Fields by kind whose change forces a replacement in the real provider, in addition to {@link ALWAYS}. */
const FORCE_NEW: Readonly<Record<string, readonly string[]>> = {
    Deployment: ["spec.selector"],
    DaemonSet: ["spec.selector"],
    StatefulSet: [
        ...["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector"],
        ...["spec.serviceName", "spec.volumeClaimTemplates"],
    ],
    Job: ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
    ConfigMap: ["data", "binaryData"],
    Secret: ["data", "stringData", "type"],
    PersistentVolumeClaim: ["spec"],
    ResourceQuota: ["spec.scopes"],
    Service: ["spec.clusterIP"],
    RoleBinding: ["roleRef"],
    ClusterRoleBinding: ["roleRef"],
    StorageClass: ["parameters", "provisioner"],
};

const ALWAYS = ["metadata.name", "metadata.namespace", "apiVersion", "kind"];

const RELEASE = ["name", "namespace"];

/** Provider settings that allow in-place updates of ConfigMaps and Secrets. */
export interface Mutability {
    readonly configMaps: boolean;
    readonly secrets: boolean;
}

export function replacedBy(kind: string, changes: readonly Change[], mutable: Mutability): string[] {
    const inPlace = (kind === "ConfigMap" && mutable.configMaps) || (kind === "Secret" && mutable.secrets);
    const own = kind === "Release" ? RELEASE : [...ALWAYS, ...(inPlace ? [] : (FORCE_NEW[kind] ?? []))];
    return own.filter((prefix) => changes.some(({ path }) => below(path, prefix)));
}
