import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    type Affinity,
    type ContainerSecurity,
    type PodSecurity,
    preferredAntiAffinity,
    resources,
    restricted,
} from "../helm/values";
import { searchNamespace } from "./types";

/** The keys of the operator's values that are set here. */
export interface EckValues {
    readonly installCRDs: boolean;
    readonly managedNamespaces: readonly string[];
    readonly replicaCount: number;
    readonly image: ImageValues;
    readonly priorityClassName: string;
    readonly resources: Resources;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly affinity: Affinity;
    readonly podDisruptionBudget: { readonly enabled: boolean; readonly minAvailable: number };
    readonly webhook: { readonly failurePolicy: "Fail" };
    readonly telemetry: { readonly disabled: boolean };
    readonly config: { readonly metrics: { readonly port: string } };
    readonly podMonitor: { readonly enabled: boolean };
}

/** Labels of the operator's pods. */
export const operatorLabels = {
    "app.kubernetes.io/name": "elastic-operator",
    "app.kubernetes.io/instance": "eck",
} as const;

const metrics = 8080;

const pods = {
    operator: {
        labels: operatorLabels,
        resources: resources("50m", "150Mi", "500m", "512Mi"),
        webhook: 9443,
        metrics,
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const repository = "docker.elastic.co/eck/eck-operator";

function values(settings: ChartSettings): EckValues {
    return {
        // With the annotation that keeps them, and all clusters, when the release is deleted.
        installCRDs: true,
        managedNamespaces: [searchNamespace],
        replicaCount: settings.replicas,
        image: settings.image(repository),
        priorityClassName: settings.priorityClassName,
        resources: pods.operator.resources,
        ...restricted("podSecurityContext", "securityContext"),
        // The chart has no key for spread.
        affinity: preferredAntiAffinity(pods.operator),
        podDisruptionBudget: { enabled: settings.replicas > 1, minAvailable: 1 },
        // A mistake is refused, also while the operator is down; by default it is then accepted.
        webhook: { failurePolicy: "Fail" },
        // Nothing is sent to the vendor.
        telemetry: { disabled: true },
        config: { metrics: { port: String(metrics) } },
        podMonitor: { enabled: true },
    };
}

/** The operator of Elasticsearch (SE-01). Read: elastic/cloud-on-k8s at v3.5.0, deploy/eck-operator. */
export const eck: Chart = {
    name: "eck",
    chart: "eck-operator",
    repo: "https://helm.elastic.co",
    version: "3.5.0",
    appVersion: "3.5.0",
    namespace: searchNamespace,
    crds: "templates",
    images: [{ repository, tag: "3.5.0" }],
    digests: "key",
    pods,
    values,
};
