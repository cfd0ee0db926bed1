import { repositoryOf } from "../common/images";
import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import {
    type Affinity,
    type ContainerSecurity,
    type PodSecurity,
    preferredAntiAffinity,
    resources,
    restricted,
} from "../helm/values";
import type { Resources } from "../layer";
import { documentsImages, operatorVersion } from "./images";
import { documentsNamespace } from "./types";

/** The keys of the operator's values that are set here. */
export interface MongoOperatorValues {
    readonly replicaCount: number;
    readonly image: ImageValues;
    readonly disableTelemetry: boolean;
    readonly resources: Resources;
    readonly podSecurityContext: PodSecurity;
    readonly securityContext: ContainerSecurity;
    readonly affinity: Affinity;
}

/** Name of the release, of the operator's pods and of its ServiceAccount. */
export const operatorName = "psmdb-operator";

/** Labels of the operator's pods. */
export const operatorLabels = {
    "app.kubernetes.io/name": operatorName,
    "app.kubernetes.io/instance": operatorName,
} as const;

const pods = {
    operator: {
        labels: operatorLabels,
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        // The chart has no key for one.
        budget: "release",
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const repository = repositoryOf(documentsImages.operator);

function values(settings: ChartSettings): MongoOperatorValues {
    return {
        // One of them leads.
        replicaCount: settings.replicas,
        image: settings.image(repository),
        // Nothing is sent to the vendor.
        disableTelemetry: true,
        resources: pods.operator.resources,
        // With a read-only root, the chart mounts a volume at /tmp.
        ...restricted("podSecurityContext", "securityContext"),
        // The chart has no keys for spread and priority.
        affinity: preferredAntiAffinity(pods.operator),
    };
}

/**
 * Percona's operator of MongoDB (MG-01). Read: percona/percona-helm-charts at 3df2bb5, charts/psmdb-operator. It watches its
 * own namespace only, so that its role is of that namespace.
 */
export const mongoOperator: Chart = {
    name: operatorName,
    chart: "psmdb-operator",
    repo: "https://percona.github.io/percona-helm-charts",
    version: operatorVersion,
    appVersion: operatorVersion,
    namespace: documentsNamespace,
    // Helm installs them once: an upgrade of the operator updates them first (docs/data.md).
    crds: "folder",
    images: [{ repository, tag: operatorVersion }],
    pods,
    values,
};
