import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import {
    commonValues,
    type ContainerSecurity,
    type PodSecurity,
    resources,
    restricted,
    type Spread,
} from "../helm/values";
import type { Resources } from "../layer";

/** The keys of cloudnative-pg's values that are set here. */
export interface CloudNativePgValues {
    readonly replicaCount: number;
    readonly image: ImageValues;
    readonly config: { readonly clusterWide: boolean };
    readonly resources: Resources;
    readonly podSecurityContext: PodSecurity;
    readonly containerSecurityContext: ContainerSecurity;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
}

const pods = {
    controller: {
        labels: { "app.kubernetes.io/name": "cloudnative-pg", "app.kubernetes.io/instance": "cloudnative-pg" },
        resources: resources("100m", "128Mi", "500m", "512Mi"),
        budget: "release",
        webhook: 9443,
        metrics: 8080,
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "ghcr.io/cloudnative-pg/cloudnative-pg";

function values(settings: ChartSettings): CloudNativePgValues {
    return {
        replicaCount: settings.replicas,
        image: settings.image(image),
        // Its role is for the namespace of the release; otherwise it could read the Secrets of every namespace.
        config: { clusterWide: false },
        ...commonValues(pods.controller, settings),
        ...restricted("podSecurityContext", "containerSecurityContext"),
    };
}

/** The operator of PostgreSQL (DB-01, DB-04). Read: cloudnative-pg/charts at b21ad2d, charts/cloudnative-pg. */
export const cloudNativePgChart: Chart = {
    name: "cloudnative-pg",
    chart: "cloudnative-pg",
    repo: "https://cloudnative-pg.github.io/charts",
    version: "0.29.0",
    appVersion: "1.30.0",
    namespace: "data",
    crds: "templates",
    images: [{ repository: image, tag: "1.30.0" }],
    pods,
    values,
};
