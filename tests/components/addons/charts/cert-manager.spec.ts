import type { Tier } from "../../../../config/schema";
import {
    account,
    budgets,
    containerSecurity,
    describeRelease,
    evictable,
    podSecurity,
    replicas,
    resources,
    spread,
} from "../../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

const image = (name: string) => ({ image: { repository: `quay.io/jetstack/cert-manager-${name}` } });
const security = { securityContext: podSecurity, containerSecurityContext: containerSecurity };

function replicated(tier: Tier, name: string, component: string): object {
    return {
        ...security,
        replicaCount: replicas[tier],
        podDisruptionBudget: { ...budgets[tier], ...evictable },
        topologySpreadConstraints: spread(tier, {
            "app.kubernetes.io/name": name,
            "app.kubernetes.io/instance": "cert-manager",
            "app.kubernetes.io/component": component,
        }),
    };
}

describeRelease(
    {
        name: "cert-manager",
        chart: "cert-manager",
        version: "v1.21.1",
        repo: "https://charts.jetstack.io",
        namespace: "security",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    (tier, cloud) => ({
        crds: { enabled: true, keep: true },
        global: { priorityClassName: "platform-addon", leaderElection: { namespace: "security" } },
        ...image("controller"),
        ...replicated(tier, "cert-manager", "controller"),
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        serviceAccount: account(cloud, "addons-cert-manager"),
        dns01RecursiveNameserversOnly: true,
        webhook: {
            ...image("webhook"),
            ...replicated(tier, "webhook", "webhook"),
            resources: resources("25m", "64Mi", "250m", "256Mi"),
        },
        cainjector: {
            ...image("cainjector"),
            ...replicated(tier, "cainjector", "cainjector"),
            resources: resources("50m", "128Mi", "500m", "512Mi"),
        },
        startupapicheck: {
            ...image("startupapicheck"),
            ...security,
            resources: resources("10m", "32Mi", "100m", "128Mi"),
        },
        acmesolver: image("acmesolver"),
    }),
);
