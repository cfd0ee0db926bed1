import type { Tier } from "../../../../config/schema";
import {
    budgets,
    containerSecurity,
    describeRelease,
    podSecurity,
    replicas,
    resources,
    spread,
} from "../../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

describeRelease(
    {
        name: "reloader",
        chart: "reloader",
        version: "2.2.16",
        repo: "https://stakater.github.io/stakater-charts",
        namespace: "security",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    (tier) => ({
        fullnameOverride: "reloader",
        image: { repository: "ghcr.io/stakater/reloader" },
        reloader: {
            enableHA: tier !== "dev",
            reloadStrategy: "annotations",
            ignoreNamespaces: "kube-system",
            logFormat: "json",
            readOnlyRootFileSystem: true,
            podDisruptionBudget: budgets[tier],
            deployment: {
                replicas: replicas[tier],
                resources: resources("25m", "128Mi", "250m", "512Mi"),
                securityContext: podSecurity,
                containerSecurityContext: containerSecurity,
                topologySpreadConstraints: spread(tier, { app: "reloader", release: "reloader" }),
                priorityClassName: "platform-addon",
            },
        },
    }),
);
