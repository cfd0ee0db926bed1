import type * as pulumi from "@pulumi/pulumi";

import { type Chart, type InstallArgs, installCharts } from "../helm";
import type { Network } from "../network/types";
import type { LayerConfig } from "./layer-config";
import { AddonPriority } from "./priority";
import type { Addons, AddonSite } from "./types";

/** Inputs of {@link installAddons}. */
export interface AddonsArgs extends Omit<InstallArgs<AddonSite>, "config" | "site" | "needs"> {
    readonly config: LayerConfig;
    readonly network: Pick<Network, "id"> | undefined;
}

/** Installs add-ons, each after its dependencies, with the priority class that they have in our namespaces. */
export function installAddons(
    name: string,
    charts: readonly Chart<AddonSite>[],
    args: AddonsArgs,
    opts: pulumi.ComponentResourceOptions,
): Addons {
    const { config, cluster, namespaces, network } = args;
    const priority = new AddonPriority(`${name}-priority`, {}, opts);
    const site = { clusterName: cluster.name, vpcId: network?.id };
    const ready = installCharts(name, charts, { config, cluster, namespaces, site, needs: [priority] }, opts);
    const releases = Object.entries(ready).map(([addon, { namespaceName }]) => [addon, namespaceName] as const);
    return { releases: Object.fromEntries(releases), ready, priority };
}
