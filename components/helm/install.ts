import * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import type { LayerConfig } from "./layer-config";
import { mirrored } from "../common/images";
import { cloudIdentity } from "../identity";
import { chartReplicas } from "./declare";
import { ChartRelease } from "./release";
import type { Chart, ChartSettings } from "./types";

/** What {@link installCharts} works with. */
export interface InstallArgs<Site> {
    readonly config: LayerConfig;
    readonly cluster: { readonly name: pulumi.Output<string> };
    /** Names of the namespaces; each resolves when its policies and its quota are in force. */
    readonly namespaces: Readonly<Record<NamespaceName | "kube-system", pulumi.Input<string>>>;
    readonly site: Site;
    /** What every chart waits for. @default nothing */
    readonly needs?: readonly pulumi.Resource[];
}

/** Name of the priority class of charts in namespaces of ours. */
export const chartPriorityClass = "platform-addon";

/** The settings of a chart in a stack. */
export function settingsOf(
    { name, namespace }: Pick<Chart, "name" | "namespace">,
    config: LayerConfig,
    accountAnnotations: pulumi.Input<Record<string, string>> = {},
): ChartSettings {
    return {
        name,
        namespace,
        replicas: chartReplicas(config),
        spread: config.spread,
        // The system's classes are for kube-system: GKE refuses them in other namespaces.
        priorityClassName: namespace === "kube-system" ? "system-cluster-critical" : chartPriorityClass,
        image: (repository) => mirrored(repository, config.images.mirror),
        accountAnnotations,
    };
}

/**
 * Installs charts in their order, each after those that it needs, with a cloud identity where it asks for permissions.
 * A release is ready when everything that it created is.
 */
export function installCharts<Site>(
    name: string,
    charts: readonly Chart<Site>[],
    args: InstallArgs<Site>,
    opts: pulumi.ComponentResourceOptions,
): Readonly<Record<string, ChartRelease>> {
    const { config, cluster, namespaces, site } = args;
    const made = new Map<string, ChartRelease>();
    for (const chart of charts) {
        const { namespace, permissions } = chart;
        const identity =
            permissions === undefined
                ? undefined
                : cloudIdentity(
                      `${name}-${chart.name}`,
                      // Each chart's service account has the chart's name.
                      { config, cluster, namespace, serviceAccount: chart.name, permissions: permissions(config) },
                      opts,
                  );
        const settings = settingsOf(chart, config, identity?.annotations);
        const release = new ChartRelease(
            chart.name,
            {
                chart,
                namespace: namespaces[namespace],
                replicas: settings.replicas,
                values: chart.values(settings, site),
                source: config.charts.source,
                needs: [...(args.needs ?? []), ...(chart.needs ?? []).flatMap((need) => made.get(need) ?? [])],
            },
            opts,
        );
        made.set(chart.name, release);
    }
    return Object.fromEntries(made);
}
