import type { Chart, ChartPods, ChartSettings, ImageValues } from "../helm/types";
import type { Resources } from "../layer";
import {
    type AccountValues,
    budget,
    type BudgetValues,
    type ContainerSecurity,
    type EvictionValues,
    evictUnhealthy,
    type PodSecurity,
    resources,
    restricted,
    spread,
    type Spread,
} from "../helm/values";
import { dnsChallenges } from "./permissions";

interface Part {
    readonly image: ImageValues;
    readonly resources: Resources;
    readonly securityContext: PodSecurity;
    readonly containerSecurityContext: ContainerSecurity;
}

interface Replicated extends Part {
    readonly replicaCount: number;
    readonly podDisruptionBudget: BudgetValues & EvictionValues;
    readonly topologySpreadConstraints: readonly Spread[];
}

/** The keys of cert-manager's values that are set here; the controller's are at the top level. */
export interface CertManagerValues extends Replicated {
    readonly crds: { readonly enabled: boolean; readonly keep: boolean };
    readonly global: {
        readonly priorityClassName: string;
        readonly leaderElection: { readonly namespace: string };
    };
    readonly serviceAccount: AccountValues;
    readonly dns01RecursiveNameserversOnly: boolean;
    readonly webhook: Replicated;
    readonly cainjector: Replicated;
    readonly startupapicheck: Part;
    readonly acmesolver: { readonly image: ImageValues };
}

function labels(name: string, component: string): Record<string, string> {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/instance": "cert-manager",
        "app.kubernetes.io/component": component,
    };
}

const pods = {
    controller: {
        labels: labels("cert-manager", "controller"),
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        metrics: 9402,
        // Certificate authorities and the cloud's DNS.
        calls: ["api-server", "cloud"],
    },
    webhook: {
        labels: labels("webhook", "webhook"),
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        webhook: 10250,
        metrics: 9402,
        calls: ["api-server"],
    },
    cainjector: {
        labels: labels("cainjector", "cainjector"),
        // Caches every Secret and webhook configuration of the cluster.
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        metrics: 9402,
        calls: ["api-server"],
    },
    startupapicheck: {
        labels: labels("startupapicheck", "startupapicheck"),
        count: "job",
        resources: resources("10m", "32Mi", "100m", "128Mi"),
        calls: ["api-server"],
    },
} as const satisfies Record<string, ChartPods>;

const registry = "quay.io/jetstack";

const images = [
    "cert-manager-controller",
    "cert-manager-webhook",
    "cert-manager-cainjector",
    "cert-manager-startupapicheck",
    "cert-manager-acmesolver",
].map((image) => `${registry}/${image}`);

function values(settings: ChartSettings): CertManagerValues {
    const part = (group: keyof typeof pods): Part => ({
        image: settings.image(`${registry}/cert-manager-${group}`),
        resources: pods[group].resources,
        ...restricted("securityContext", "containerSecurityContext"),
    });
    const replicated = (group: keyof typeof pods): Replicated => ({
        ...part(group),
        replicaCount: settings.replicas,
        podDisruptionBudget: { ...budget(settings), ...evictUnhealthy },
        topologySpreadConstraints: spread(pods[group], settings),
    });
    return {
        // From the templates: upgraded with the release. Kept when it is deleted, or all certificates would be deleted too.
        crds: { enabled: true, keep: true },
        global: {
            priorityClassName: settings.priorityClassName,
            // Not in kube-system, where the chart would create a role for it.
            leaderElection: { namespace: settings.namespace },
        },
        ...replicated("controller"),
        serviceAccount: { annotations: settings.accountAnnotations },
        // Checks challenges with the cluster's DNS: the network policy allows no other name server.
        dns01RecursiveNameserversOnly: true,
        webhook: replicated("webhook"),
        cainjector: replicated("cainjector"),
        // A job after the installation: the release is ready when certificates can be requested.
        startupapicheck: part("startupapicheck"),
        acmesolver: { image: settings.image(`${registry}/cert-manager-acmesolver`) },
    };
}

/** Issues certificates, those of webhooks included (SC-06). Read: cert-manager/cert-manager at v1.21.1, deploy/charts/cert-manager. */
export const certManager: Chart = {
    name: "cert-manager",
    chart: "cert-manager",
    repo: "https://charts.jetstack.io",
    version: "v1.21.1",
    appVersion: "v1.21.1",
    namespace: "security",
    crds: "templates",
    images: images.map((repository) => ({ repository, tag: "v1.21.1" })),
    digests: "key",
    pods,
    permissions: dnsChallenges,
    values,
};
