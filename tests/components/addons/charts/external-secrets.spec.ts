import type { Tier } from "../../../../config/schema";
import {
    account,
    budgets,
    containerSecurity,
    describeRelease,
    podSecurity,
    replicas,
    resources,
    spread,
} from "../../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

function part(tier: Tier, name: string): object {
    return {
        replicaCount: replicas[tier],
        image: { repository: "ghcr.io/external-secrets/external-secrets" },
        podSecurityContext: { enabled: true, ...podSecurity },
        securityContext: { enabled: true, ...containerSecurity },
        topologySpreadConstraints: spread(tier, {
            "app.kubernetes.io/name": name,
            "app.kubernetes.io/instance": "external-secrets",
        }),
        priorityClassName: "platform-addon",
        podDisruptionBudget: budgets[tier],
        livenessProbe: { enabled: true },
        readinessProbe: { enabled: true },
    };
}

describeRelease(
    {
        name: "external-secrets",
        chart: "external-secrets",
        version: "2.9.0",
        repo: "https://charts.external-secrets.io",
        namespace: "security",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    (tier, cloud) => ({
        installCRDs: true,
        crds: { annotations: { "helm.sh/resource-policy": "keep" } },
        leaderElect: tier !== "dev",
        serviceAccount: account(cloud, "addons-external-secrets"),
        ...part(tier, "external-secrets"),
        resources: resources("50m", "128Mi", "500m", "512Mi"),
        webhook: {
            ...part(tier, "external-secrets-webhook"),
            resources: resources("25m", "64Mi", "250m", "256Mi"),
        },
        certController: {
            ...part(tier, "external-secrets-cert-controller"),
            resources: resources("25m", "128Mi", "250m", "256Mi"),
        },
    }),
);
