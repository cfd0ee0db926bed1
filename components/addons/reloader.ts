import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    budget,
    type BudgetValues,
    type ContainerSecurity,
    type PodSecurity,
    resources,
    restricted,
    commonValues,
    type Spread,
} from "../helm/values";

/** The keys of Reloader's values that are set here. */
export interface ReloaderValues {
    readonly fullnameOverride: string;
    readonly image: ImageValues;
    readonly reloader: {
        readonly enableHA: boolean;
        readonly reloadStrategy: "annotations";
        readonly ignoreNamespaces: string;
        readonly logFormat: "json";
        readonly readOnlyRootFileSystem: boolean;
        readonly podDisruptionBudget: BudgetValues;
        readonly deployment: {
            readonly replicas: number;
            readonly resources: Resources;
            readonly securityContext: PodSecurity;
            readonly containerSecurityContext: ContainerSecurity;
            readonly topologySpreadConstraints: readonly Spread[];
            readonly priorityClassName: string;
        };
    };
}

const pods = {
    controller: {
        labels: { app: "reloader", release: "reloader" },
        resources: resources("25m", "128Mi", "250m", "512Mi"),
        metrics: 9090,
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "ghcr.io/stakater/reloader";

function values(settings: ChartSettings): ReloaderValues {
    const { controller } = pods;
    return {
        // The default name is `reloader-reloader`, of the service account too.
        fullnameOverride: settings.name,
        image: settings.image(image),
        reloader: {
            // Without it the chart ignores `replicas` and creates one.
            enableHA: settings.replicas > 1,
            // Sets an annotation on the pod template; the other strategy changes the containers' environment.
            reloadStrategy: "annotations",
            ignoreNamespaces: "kube-system",
            logFormat: "json",
            // Also adds a volume for /tmp.
            readOnlyRootFileSystem: true,
            podDisruptionBudget: budget(settings),
            deployment: {
                replicas: settings.replicas,
                ...commonValues(controller, settings),
                ...restricted("securityContext", "containerSecurityContext"),
            },
        },
    };
}

/**
 * Restarts pods when a Secret or a ConfigMap that they use changes (SC-05). Read: stakater/Reloader at 655a2b38 of
 * 2026-08-10, deployments/kubernetes/chart/reloader.
 */
export const reloader: Chart = {
    name: "reloader",
    chart: "reloader",
    repo: "https://stakater.github.io/stakater-charts",
    version: "2.2.16",
    appVersion: "v1.4.21",
    namespace: "security",
    crds: "none",
    images: [{ repository: image, tag: "v1.4.21" }],
    digests: "key",
    pods,
    values,
};
