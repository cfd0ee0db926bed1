import type { Tier } from "../../../config/schema";
import { containerSecurity, describeRelease, podSecurity, replicas, resources } from "../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

const labels = { "app.kubernetes.io/name": "elastic-operator", "app.kubernetes.io/instance": "eck" };

const term = (topologyKey: string, weight: number) => ({
    weight,
    podAffinityTerm: { topologyKey, labelSelector: { matchLabels: labels } },
});

describeRelease(
    {
        name: "eck",
        chart: "eck-operator",
        version: "3.5.0",
        repo: "https://helm.elastic.co",
        namespace: "data",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    (tier) => ({
        installCRDs: true,
        managedNamespaces: ["data"],
        replicaCount: replicas[tier],
        image: { repository: "docker.elastic.co/eck/eck-operator" },
        priorityClassName: "platform-addon",
        resources: resources("50m", "150Mi", "500m", "512Mi"),
        podSecurityContext: podSecurity,
        securityContext: containerSecurity,
        affinity: {
            podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                    term("topology.kubernetes.io/zone", 100),
                    term("kubernetes.io/hostname", 50),
                ],
            },
        },
        podDisruptionBudget: { enabled: tier !== "dev", minAvailable: 1 },
        webhook: { failurePolicy: "Fail" },
        telemetry: { disabled: true },
        config: { metrics: { port: "8080" } },
        podMonitor: { enabled: true },
    }),
);
