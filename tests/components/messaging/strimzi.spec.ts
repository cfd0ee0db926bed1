import type { Tier } from "../../../config/schema";
import { containerSecurity, describeRelease, podSecurity, replicas, resources, spread } from "../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

describeRelease(
    {
        name: "strimzi",
        chart: "oci://quay.io/strimzi-helm/strimzi-kafka-operator",
        version: "1.2.0",
        repo: undefined,
        namespace: "messaging",
        skipCrds: false,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    (tier) => ({
        replicas: replicas[tier],
        defaultImageRegistry: "",
        image: { repository: "quay.io/strimzi", name: "operator" },
        resources: resources("100m", "384Mi", "1", "512Mi"),
        topologySpreadConstraints: spread(tier, {
            name: "strimzi-cluster-operator",
            "strimzi.io/kind": "cluster-operator",
        }),
        priorityClassName: "platform-addon",
        podSecurityContext: podSecurity,
        securityContext: containerSecurity,
        podDisruptionBudget: { enabled: tier !== "dev", minAvailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
        generateNetworkPolicy: false,
    }),
);
