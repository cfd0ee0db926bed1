import type { AddonSettings, PodGroup, Resources } from "../helm/types";
import {
    budget,
    type BudgetValues,
    type ContainerSecurity,
    type ImageValues,
    type PodSecurity,
    resources,
    restricted,
    placed,
    type Spread,
} from "../helm/values";

/** The keys of Reloader's values that we set. */
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

export const reloaderPods = {
    controller: {
        labels: { app: "reloader", release: "reloader" },
        resources: resources("25m", "128Mi", "250m", "512Mi"),
        metrics: 9090,
        calls: ["api-server"],
    },
} as const satisfies Record<string, PodGroup>;

export const reloaderImage = "ghcr.io/stakater/reloader";

/** Values of the chart reloader: a changed Secret or ConfigMap restarts who asked for it (SC-05). */
export function reloaderValues(settings: AddonSettings): ReloaderValues {
    const { controller } = reloaderPods;
    return {
        // Else everything is called twice by its name, the service account too.
        fullnameOverride: settings.name,
        image: { repository: settings.image(reloaderImage) },
        reloader: {
            // Without it the chart makes one replica whatever is asked for.
            enableHA: settings.replicas > 1,
            // An annotation on the pod template; the other way adds variables to containers, which are ours to write.
            reloadStrategy: "annotations",
            ignoreNamespaces: "kube-system",
            logFormat: "json",
            // Brings the volume for /tmp along.
            readOnlyRootFileSystem: true,
            podDisruptionBudget: budget(settings),
            deployment: {
                replicas: settings.replicas,
                ...placed(controller, settings),
                ...restricted("securityContext", "containerSecurityContext"),
            },
        },
    };
}
