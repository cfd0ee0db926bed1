import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    type ContainerSecurity,
    type EvictionValues,
    evictUnhealthy,
    type PodSecurity,
    resources,
    restricted,
    commonValues,
    type Spread,
} from "../helm/values";
import { strimziVersion } from "./images";
import { messagingNamespace } from "./types";

/** The chart's parts of an image name, which it joins with slashes; the registry, its first part, is left empty. */
interface SplitImage {
    readonly repository: string;
    readonly name: string;
    readonly tag?: string;
    readonly digest?: string;
}

/** The keys of the operator's values that are set here. */
export interface StrimziValues {
    readonly defaultImageRegistry: "";
    readonly replicas: number;
    readonly image: SplitImage;
    readonly resources: Resources;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number } & EvictionValues;
    readonly generateNetworkPolicy: boolean;
}

/** Labels of the operator's pods. */
export const operatorLabels = { name: "strimzi-cluster-operator", "strimzi.io/kind": "cluster-operator" } as const;

const pods = {
    operator: {
        labels: operatorLabels,
        resources: resources("100m", "384Mi", "1", "512Mi"),
        metrics: 8080,
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const repository = "quay.io/strimzi/operator";

/** The full name without its last part as repository: the registry is a part of it, with the mirror where there is one. */
function split({ repository: full, ...version }: ImageValues): SplitImage {
    const parts = full.split("/");
    return { repository: parts.slice(0, -1).join("/"), name: parts.at(-1) ?? "", ...version };
}

function values(settings: ChartSettings): StrimziValues {
    return {
        // Prepended to every image without a registry. The cluster's resources name the images of their pods in full.
        defaultImageRegistry: "",
        replicas: settings.replicas,
        image: split(settings.image(repository)),
        ...commonValues(pods.operator, settings),
        ...restricted("podSecurityContext", "securityContext"),
        // The chart compares this key first; it has no way to leave it out.
        podDisruptionBudget: { enabled: settings.replicas > 1, minAvailable: 1, ...evictUnhealthy },
        // Its policies would allow every pod of the cluster to connect: rules of several policies add up.
        generateNetworkPolicy: false,
    };
}

/**
 * The operator of Kafka (MQ-01). Read: strimzi/strimzi-kafka-operator at 1.2.0, packaging/helm-charts/helm3. It watches its
 * own namespace only.
 */
export const strimzi: Chart = {
    name: "strimzi",
    chart: "strimzi-kafka-operator",
    repo: "oci://quay.io/strimzi-helm",
    version: strimziVersion,
    appVersion: strimziVersion,
    namespace: messagingNamespace,
    // Helm installs them once: an upgrade of the operator updates them first (docs/data.md).
    crds: "folder",
    images: [{ repository, tag: strimziVersion }],
    digests: "key",
    pods,
    values,
};
