import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    type AccountValues,
    budget,
    type BudgetValues,
    type ContainerSecurity,
    keptDefinitions,
    type PodSecurity,
    resources,
    restricted,
    commonValues,
    type Spread,
} from "../helm/values";
import { secretPrefix, secretsUnder } from "./permissions";

interface Part {
    readonly replicaCount: number;
    readonly image: ImageValues;
    readonly resources: Resources;
    /** `enabled` is a key of the chart, which removes it from the context. */
    readonly podSecurityContext: PodSecurity & { readonly enabled: boolean };
    readonly securityContext: ContainerSecurity & { readonly enabled: boolean };
    readonly topologySpreadConstraints: readonly Spread[];
    readonly priorityClassName: string;
    readonly podDisruptionBudget: BudgetValues;
    readonly livenessProbe: { readonly enabled: boolean };
    readonly readinessProbe: { readonly enabled: boolean };
}

/** The keys of external-secrets' values that are set here; the controller's are at the top level. */
export interface ExternalSecretsValues extends Part {
    readonly installCRDs: boolean;
    readonly crds: { readonly annotations: Readonly<Record<string, string>> };
    readonly leaderElect: boolean;
    readonly serviceAccount: AccountValues;
    readonly webhook: Part;
    readonly certController: Part;
}

function labels(name: string): Record<string, string> {
    return { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": "external-secrets" };
}

const pods = {
    controller: {
        labels: labels("external-secrets"),
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        metrics: 8080,
        // The cloud's secret manager.
        calls: ["api-server", "cloud"],
    },
    webhook: {
        labels: labels("external-secrets-webhook"),
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        webhook: 10250,
        metrics: 8080,
        calls: ["api-server"],
    },
    certController: {
        labels: labels("external-secrets-cert-controller"),
        resources: resources("25m", "128Mi", "250m", "256Mi"),
        metrics: 8080,
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

/** One image for all three deployments. */
const image = "ghcr.io/external-secrets/external-secrets";

function values(settings: ChartSettings): ExternalSecretsValues {
    const context = restricted("podSecurityContext", "securityContext");
    const part = (group: keyof typeof pods): Part => ({
        replicaCount: settings.replicas,
        image: settings.image(image),
        ...commonValues(pods[group], settings),
        podSecurityContext: { enabled: true, ...context.podSecurityContext },
        securityContext: { enabled: true, ...context.securityContext },
        podDisruptionBudget: budget(settings),
        // Some are disabled by default.
        livenessProbe: { enabled: true },
        readinessProbe: { enabled: true },
    });
    return {
        // From the templates: upgraded with the release.
        installCRDs: true,
        // Kept when the release is deleted, or every ExternalSecret and the Secrets it owns would be deleted too.
        crds: { annotations: keptDefinitions },
        // Disabled by default; without it two controllers would both write each Secret.
        leaderElect: settings.replicas > 1,
        serviceAccount: { annotations: settings.accountAnnotations },
        ...part("controller"),
        webhook: part("webhook"),
        certController: part("certController"),
    };
}

/**
 * Copies secrets of the cloud's secret manager into Secrets (SC-05). Read: external-secrets/external-secrets at
 * helm-chart-2.9.0, deploy/charts/external-secrets.
 */
export const externalSecrets: Chart = {
    name: "external-secrets",
    chart: "external-secrets",
    repo: "https://charts.external-secrets.io",
    version: "2.9.0",
    appVersion: "v2.9.0",
    namespace: "security",
    crds: "templates",
    images: [{ repository: image, tag: "v2.9.0" }],
    pods,
    permissions: (config) => secretsUnder(secretPrefix(config.stack), config),
    values,
};
