import type * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "../cluster/types";
import { type Chart, declareCharts } from "../helm";
import type { Layer } from "../layer";
import type { Network } from "../network/types";
import type { Namespaces } from "../security/types";
import { awsLoadBalancerController } from "./aws/load-balancer-controller";
import { certManager } from "./cert-manager";
import { addonsConfig } from "./config";
import { externalDns } from "./external-dns";
import { externalSecrets } from "./external-secrets";
import { type AddonsArgs, installAddons } from "./install";
import type { LayerConfig } from "./layer-config";
import { metricsServer } from "./metrics-server";
import { prometheusCrds } from "./prometheus-crds";
import { reloader } from "./reloader";
import type { Addons, AddonSite } from "./types";
import { verticalPodAutoscaler } from "./vertical-pod-autoscaler";

const commonCharts: readonly Chart<AddonSite>[] = [certManager, externalSecrets, prometheusCrds, reloader];

/** The charts that a stack installs, in order. */
export function chartsOf(config: LayerConfig): readonly Chart<AddonSite>[] {
    const { domain, account, existing, region } = config;
    // GKE has a built-in vertical autoscaler and metrics; EKS has metrics-server as a managed add-on.
    const recommender = config.verticalAutoscaler ? [verticalPodAutoscaler] : [];
    switch (config.cloud) {
        case "gcp": {
            const extraArgs = { "google-project": account, "google-zone-visibility": "public" };
            // GKE installs the Gateway API.
            const sources = ["service", "gateway-httproute"];
            return [...commonCharts, externalDns({ provider: "google", domain, sources, extraArgs })];
        }
        case "aws": {
            const extraArgs = { "aws-zone-type": "public" };
            // The edge layer installs the Gateway API, and external-dns fails on kinds that are not served.
            const dns = externalDns({ provider: "aws", domain, sources: ["service"], extraArgs });
            return [...commonCharts, dns, awsLoadBalancerController(region), ...recommender];
        }
        case "existing": {
            const insecure = existing.metricsServer === "install-insecure";
            const metrics = existing.metricsServer === "present" ? [] : [metricsServer(insecure)];
            return [...commonCharts, ...metrics, ...recommender];
        }
    }
}

/** Installs the add-ons of the stack's cloud and tier. */
export function createAddons(name: string, args: AddonsArgs, opts: pulumi.ComponentResourceOptions): Addons {
    return installAddons(name, chartsOf(args.config), args, opts);
}

/** Third-party controllers from Helm charts (NW-02, SC-05, AS-01, AS-09). */
export const addons: Layer<
    "addons",
    LayerConfig,
    { readonly cluster: Cluster; readonly network: Network | undefined; readonly security: Namespaces },
    Addons,
    typeof addonsConfig
> = {
    name: "addons",
    config: addonsConfig,
    declare: ({ config }) => declareCharts(chartsOf(config), config),
    create: (name, { security: namespaces, ...args }, opts) => createAddons(name, { ...args, namespaces }, opts),
};
