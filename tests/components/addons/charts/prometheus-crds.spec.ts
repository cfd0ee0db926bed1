import type { Tier } from "../../../../config/schema";
import { describeRelease } from "../../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

describeRelease(
    {
        name: "prometheus-operator-crds",
        chart: "prometheus-operator-crds",
        version: "31.0.1",
        repo: "https://prometheus-community.github.io/helm-charts",
        namespace: "monitoring",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere, existing: everywhere },
    () => ({ crds: { annotations: { "helm.sh/resource-policy": "keep" } } }),
);
