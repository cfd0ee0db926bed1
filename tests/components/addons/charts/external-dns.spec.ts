import type { Cloud, Tier } from "../../../../config/schema";
import { account, containerSecurity, describeRelease, podSecurity, resources, spread } from "../../helm/expected";

const everywhere: readonly Tier[] = ["dev", "staging", "prod"];

/** What depends on the cloud: its DNS, its zone's visibility, and the kinds that are served. */
function ofCloud(cloud: Cloud, tier: Tier): object {
    return cloud === "gcp"
        ? {
              provider: { name: "google" },
              sources: ["service", "gateway-httproute"],
              txtOwnerId: `ecommerce-gke-${tier}`,
              extraArgs: { "google-project": "shop-project", "google-zone-visibility": "public" },
          }
        : {
              provider: { name: "aws" },
              sources: ["service"],
              txtOwnerId: `ecommerce-eks-${tier}`,
              extraArgs: { "aws-zone-type": "public" },
          };
}

describeRelease(
    {
        name: "external-dns",
        chart: "external-dns",
        version: "1.21.1",
        repo: "https://kubernetes-sigs.github.io/external-dns",
        namespace: "ingress",
        skipCrds: true,
    },
    { gcp: everywhere, aws: everywhere },
    (tier, cloud) => ({
        image: { repository: "registry.k8s.io/external-dns/external-dns" },
        serviceAccount: account(cloud, "addons-external-dns"),
        podSecurityContext: podSecurity,
        securityContext: containerSecurity,
        resources: resources("25m", "64Mi", "250m", "256Mi"),
        topologySpreadConstraints: spread(tier, {
            "app.kubernetes.io/name": "external-dns",
            "app.kubernetes.io/instance": "external-dns",
        }),
        priorityClassName: "platform-addon",
        logFormat: "json",
        domainFilters: ["demo.example.com"],
        policy: "sync",
        registry: "txt",
        ...ofCloud(cloud, tier),
    }),
);
