import type { Chart, ChartPods, ChartSettings } from "../helm/types";
import {
    commonValues,
    type ContainerSecurity,
    type PodSecurity,
    resources,
    restricted,
    type Spread,
} from "../helm/values";
import type { Resources } from "../layer";

interface SplitImage {
    readonly registry: string;
    readonly repository: string;
    readonly tag?: string;
}

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

/** The chart joins registry and repository with a slash, and the tag with a colon. */
function split(settings: ChartSettings, name: string): SplitImage {
    const { repository, tag } = settings.image(name);
    const [registry = "", ...rest] = repository.split("/");
    return { registry, repository: rest.join("/"), ...(tag === undefined ? {} : { tag }) };
}

function values(settings: ChartSettings): BarmanCloudValues {
    return {
        replicaCount: 1,
        image: split(settings, image),
        // Runs in each instance: archives its log and makes its backups.
        sidecarImage: split(settings, sidecar),
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
