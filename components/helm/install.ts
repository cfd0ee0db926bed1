import * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import type { LayerConfig } from "./layer-config";
import { cloudIdentity } from "../identity";
import { chartReplicas } from "./declare";
import { imageValues } from "./images";
import { ChartRelease } from "./release";
import type { Chart, ChartSettings } from "./types";

/** Arguments of {@link installCharts}. */
export interface InstallArgs<Site> {
    readonly config: LayerConfig;
    readonly cluster: { readonly name: pulumi.Output<string> };
    /** Names of the namespaces; each resolves when its policies and quota exist. */
    readonly namespaces: Readonly<Record<NamespaceName | "kube-system", pulumi.Input<string>>>;
    readonly site: Site;
    /** Dependencies of every chart. @default none */
    readonly needs?: readonly pulumi.Resource[];
}

/** Priority class of charts outside kube-system. */
export const chartPriorityClass = "platform-addon";

/** Settings that a chart's values are created from. */
export function settingsOf(
    chart: Pick<Chart, "name" | "namespace" | "images" | "digests">,
    config: LayerConfig,
    accountAnnotations: pulumi.Input<Record<string, string>> = {},
): ChartSettings {
    const { name, namespace } = chart;
    return {
        name,
        namespace,
        replicas: chartReplicas(config),
        spread: config.spread,
        // GKE admits the system's classes in kube-system only.
        priorityClassName: namespace === "kube-system" ? "system-cluster-critical" : chartPriorityClass,
        image: (repository) => imageValues(chart, repository, config.images),
        accountAnnotations,
    };
}

/**
 * Installs charts in the given order, each after those in its `needs`, with a cloud identity where it declares permissions.
 * A release is ready when all its objects are.
 */
export function installCharts<Site>(
    name: string,
    charts: readonly Chart<Site>[],
    args: InstallArgs<Site>,
    opts: pulumi.ComponentResourceOptions,
): Readonly<Record<string, ChartRelease>> {
    const { config, cluster, namespaces, site } = args;
    const releases = new Map<string, ChartRelease>();
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
                needs: [...(args.needs ?? []), ...(chart.needs ?? []).flatMap((need) => releases.get(need) ?? [])],
            },
            opts,
        );
        releases.set(chart.name, release);
    }
    return Object.fromEntries(releases);
}
