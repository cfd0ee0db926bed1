/**
 * The kinds that the stand-in serves. Other kinds are refused as by an API server; add the kinds that the program uses.
 */

/** Validation of a kind's names, see `names.ts`. */
export type NameRule = "label" | "subdomain" | "path-segment";

export interface Kind {
    readonly group: string;
    readonly versions: readonly string[];
    readonly kind: string;
    readonly namespaced: boolean;
    readonly names: NameRule;
    /** Top-level fields besides apiVersion, kind and metadata. */
    readonly fields: readonly string[];
    /** Helm charts that install a custom kind; empty for built-in kinds. */
    readonly charts: readonly string[];
    /** Path of the input of a GKE cluster that installs a custom kind. */
    readonly gke: string | undefined;
}

type Line = readonly [kind: string, scope: "ns" | "cluster", names: NameRule, ...fields: string[]];

const builtin: Readonly<Record<string, readonly Line[]>> = {
    "/v1": [
        ["Namespace", "cluster", "label", "spec", "status"],
        ["Pod", "ns", "subdomain", "spec", "status"],
        ["Service", "ns", "label", "spec", "status"],
        ["ServiceAccount", "ns", "subdomain", "automountServiceAccountToken", "imagePullSecrets", "secrets"],
        ["ConfigMap", "ns", "subdomain", "data", "binaryData", "immutable"],
        ["Secret", "ns", "subdomain", "data", "stringData", "type", "immutable"],
        ["PersistentVolumeClaim", "ns", "subdomain", "spec", "status"],
        ["PersistentVolume", "cluster", "subdomain", "spec", "status"],
        ["ResourceQuota", "ns", "subdomain", "spec", "status"],
        ["LimitRange", "ns", "subdomain", "spec"],
    ],
    "apps/v1": [
        ["Deployment", "ns", "subdomain", "spec", "status"],
        ["StatefulSet", "ns", "subdomain", "spec", "status"],
        ["DaemonSet", "ns", "subdomain", "spec", "status"],
    ],
    "batch/v1": [
        ["Job", "ns", "subdomain", "spec", "status"],
        ["CronJob", "ns", "subdomain", "spec", "status"],
    ],
    "autoscaling/v2": [["HorizontalPodAutoscaler", "ns", "subdomain", "spec", "status"]],
    "policy/v1": [["PodDisruptionBudget", "ns", "subdomain", "spec", "status"]],
    "networking.k8s.io/v1": [["NetworkPolicy", "ns", "subdomain", "spec"]],
    "rbac.authorization.k8s.io/v1": [
        ["Role", "ns", "path-segment", "rules"],
        ["RoleBinding", "ns", "path-segment", "roleRef", "subjects"],
        ["ClusterRole", "cluster", "path-segment", "rules", "aggregationRule"],
        ["ClusterRoleBinding", "cluster", "path-segment", "roleRef", "subjects"],
    ],
    "scheduling.k8s.io/v1": [
        ["PriorityClass", "cluster", "subdomain", "value", "globalDefault", "description", "preemptionPolicy"],
    ],
    "storage.k8s.io/v1": [
        [
            ...(["StorageClass", "cluster", "subdomain", "provisioner", "parameters", "reclaimPolicy"] as const),
            ...(["mountOptions", "allowVolumeExpansion", "volumeBindingMode", "allowedTopologies"] as const),
        ],
    ],
    // Not built in, but preinstalled: by GKE, and on EKS by the add-on snapshot-controller.
    "snapshot.storage.k8s.io/v1": [
        ["VolumeSnapshotClass", "cluster", "subdomain", "driver", "deletionPolicy", "parameters"],
    ],
    "admissionregistration.k8s.io/v1": [
        ["ValidatingAdmissionPolicy", "cluster", "subdomain", "spec", "status"],
        ["ValidatingAdmissionPolicyBinding", "cluster", "subdomain", "spec"],
    ],
    "apiextensions.k8s.io/v1": [["CustomResourceDefinition", "cluster", "subdomain", "spec", "status"]],
};

interface Custom {
    readonly charts: readonly string[];
    readonly gke?: string;
    readonly kinds: readonly Line[];
}

/** Custom kinds by API version, with the charts that install them. */
const custom: Readonly<Record<string, Custom>> = {
    "autoscaling.k8s.io/v1": {
        charts: ["vertical-pod-autoscaler"],
        // "By enabling it in your GKE cluster": https://cloud.google.com/kubernetes-engine/docs/concepts/verticalpodautoscaler.
        gke: "verticalPodAutoscaling.enabled",
        kinds: [["VerticalPodAutoscaler", "ns", "subdomain", "spec", "status"]],
    },
    "cert-manager.io/v1": {
        charts: ["cert-manager"],
        kinds: [
            ["Certificate", "ns", "subdomain", "spec", "status"],
            ["Issuer", "ns", "subdomain", "spec", "status"],
            ["ClusterIssuer", "cluster", "subdomain", "spec", "status"],
        ],
    },
    "monitoring.coreos.com/v1": {
        charts: ["prometheus-operator-crds"],
        kinds: [
            ["PodMonitor", "ns", "subdomain", "spec", "status"],
            ["PrometheusRule", "ns", "subdomain", "spec", "status"],
        ],
    },
    "postgresql.cnpg.io/v1": {
        charts: ["cloudnative-pg"],
        kinds: [
            ["Cluster", "ns", "subdomain", "spec", "status"],
            ["Pooler", "ns", "subdomain", "spec", "status"],
            ["ScheduledBackup", "ns", "subdomain", "spec", "status"],
        ],
    },
    "barmancloud.cnpg.io/v1": {
        charts: ["plugin-barman-cloud"],
        kinds: [["ObjectStore", "ns", "subdomain", "spec", "status"]],
    },
    "kafka.strimzi.io/v1": {
        charts: ["strimzi-kafka-operator"],
        kinds: [
            ["Kafka", "ns", "subdomain", "spec", "status"],
            ["KafkaNodePool", "ns", "subdomain", "spec", "status"],
            ["KafkaTopic", "ns", "subdomain", "spec", "status"],
            ["KafkaUser", "ns", "subdomain", "spec", "status"],
        ],
    },
    "keda.sh/v1alpha1": {
        charts: ["keda"],
        kinds: [
            ["ClusterTriggerAuthentication", "cluster", "subdomain", "spec", "status"],
            ["ScaledObject", "ns", "subdomain", "spec", "status"],
        ],
    },
    "elasticsearch.k8s.elastic.co/v1": {
        charts: ["eck-operator"],
        kinds: [["Elasticsearch", "ns", "subdomain", "spec", "status"]],
    },
    "karpenter.sh/v1": {
        charts: ["karpenter-crd"],
        kinds: [["NodePool", "cluster", "subdomain", "spec", "status"]],
    },
    "karpenter.k8s.aws/v1": {
        charts: ["karpenter-crd"],
        kinds: [["EC2NodeClass", "cluster", "subdomain", "spec", "status"]],
    },
};

function table(): readonly Kind[] {
    const lines = [
        ...Object.entries(builtin).map(([api, kinds]) => ({ api, kinds, charts: [], gke: undefined })),
        ...Object.entries(custom).map(([api, { kinds, charts, gke }]) => ({ api, kinds, charts, gke })),
    ];
    return lines.flatMap(({ api, kinds, charts, gke }) => {
        const [group = "", version = ""] = api.split("/");
        return kinds.map(([kind, scope, names, ...fields]) => {
            return { group, versions: [version], kind, namespaced: scope === "ns", names, fields, charts, gke };
        });
    });
}

export const KINDS: readonly Kind[] = table();

/** Splits `apps/v1` and `v1` into group and version. */
export function groupVersion(apiVersion: string): { group: string; version: string } {
    const [first = "", second] = apiVersion.split("/");
    return second === undefined ? { group: "", version: first } : { group: first, version: second };
}

export function findKind(apiVersion: string, kind: string): Kind | undefined {
    const { group, version } = groupVersion(apiVersion);
    return KINDS.find((known) => known.group === group && known.kind === kind && known.versions.includes(version));
}

/** Kind as in the API server's errors: `Deployment.apps`, `Service`. */
export const qualified = ({ kind, group }: Kind): string => (group === "" ? kind : `${kind}.${group}`);

const IRREGULAR: Readonly<Record<string, string>> = {
    NetworkPolicy: "networkpolicies",
    StorageClass: "storageclasses",
};

/** Resource of a kind, as in the errors "already exists" and "not found": `deployments.apps`, `services`. */
export function resourceOf({ kind, group }: Kind): string {
    const lower = kind.toLowerCase();
    const regular = lower.endsWith("y") ? `${lower.slice(0, -1)}ies` : lower.endsWith("s") ? `${lower}es` : `${lower}s`;
    const plural = IRREGULAR[kind] ?? regular;
    return group === "" ? plural : `${plural}.${group}`;
}
