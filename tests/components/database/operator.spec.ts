import type { Tier } from "../../../config/schema";
import { containerSecurity, describeRelease, podSecurity, replicas, resources, spread } from "../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];
const labels = { "app.kubernetes.io/name": "cloudnative-pg", "app.kubernetes.io/instance": "cloudnative-pg" };

describeRelease(
    {
        name: "cloudnative-pg",
        chart: "cloudnative-pg",
        version: "0.29.0",
        repo: "https://cloudnative-pg.github.io/charts",
        namespace: "data",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    (tier) => ({
        replicaCount: replicas[tier],
        image: { repository: "ghcr.io/cloudnative-pg/cloudnative-pg" },
        // Reads no Secrets outside of its namespace.
        config: { clusterWide: false },
        resources: resources("100m", "128Mi", "500m", "512Mi"),
        topologySpreadConstraints: spread(tier, labels),
        priorityClassName: "platform-addon",
        podSecurityContext: podSecurity,
        containerSecurityContext: containerSecurity,
    }),
);
