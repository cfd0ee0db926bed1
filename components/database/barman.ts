import type { Chart, ChartPods, ChartSettings } from "../helm/types";
import {
    commonValues,
    type ContainerSecurity,
    type PodSecurity,
    resources,
    restricted,
    splitImage,
    type SplitImage,
    type Spread,
} from "../helm/values";
import type { Resources } from "../layer";

/** The keys of plugin-barman-cloud's values that are set here. */
export interface BarmanCloudValues {
    readonly replicaCount: number;
    readonly image: SplitImage;
    readonly sidecarImage: SplitImage;
    readonly resources: Resources;
    readonly podSecurityContext: PodSecurity;
    readonly containerSecurityContext: ContainerSecurity;
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
}

/** Port on which the operator calls the plugin. */
export const pluginPort = 9090;

const pods = {
    plugin: {
        labels: {
            "app.kubernetes.io/name": "plugin-barman-cloud",
            "app.kubernetes.io/instance": "plugin-barman-cloud",
        },
        // Only the leader listens: the Service would send calls to a second pod in vain.
        count: "single",
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const image = "ghcr.io/cloudnative-pg/plugin-barman-cloud";
const sidecar = "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar";

function values(settings: ChartSettings): BarmanCloudValues {
    return {
        replicaCount: 1,
        image: splitImage(settings, image),
        // Runs in each instance: archives its log and makes its backups.
        sidecarImage: splitImage(settings, sidecar),
        ...commonValues(pods.plugin, settings),
        ...restricted("podSecurityContext", "containerSecurityContext"),
    };
}

/**
 * Backups to object storage, after cert-manager, which issues the certificates between operator and plugin (BK-01).
 * Read: cloudnative-pg/charts at b21ad2d, charts/plugin-barman-cloud; plugin-barman-cloud at v0.13.0, internal/cnpgi/operator.
 */
export const barmanCloudChart: Chart = {
    name: "plugin-barman-cloud",
    chart: "plugin-barman-cloud",
    repo: "https://cloudnative-pg.github.io/charts",
    version: "0.7.0",
    appVersion: "v0.13.0",
    namespace: "data",
    needs: ["cloudnative-pg"],
    crds: "templates",
    images: [
        { repository: image, tag: "v0.13.0" },
        { repository: sidecar, tag: "v0.13.0" },
    ],
    pods,
    values,
};
