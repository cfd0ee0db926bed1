import type * as pulumi from "@pulumi/pulumi";

import type { PlatformConfig } from "../../config/resolve";
import type { Cloud } from "../../config/schema";
import type { Cluster } from "../cluster/types";
import { mirrored } from "../common/images";
import type { Network } from "../network/types";
import type { Namespaces } from "../security/types";
import { charts } from "./charts";
import { addonIdentities } from "./identities";
import { awsPaths, existingPaths, gcpPaths, type Paths } from "../cluster/paths";
import { AddonPriority, addonPriorityClass } from "./priority";
import { ChartRelease } from "../helm/release";
import type { AddonIdentities, AddonName, Addons, AddonSettings, Chart, DnsSite, Site } from "../helm/types";

/** What the add-on layer is made from. */
export interface AddonsArgs {
    readonly config: PlatformConfig;
    readonly cluster: Pick<Cluster, "name">;
    /** None where the cluster is somebody else's. */
    readonly network: Pick<Network, "id"> | undefined;
    readonly namespaces: Namespaces;
    /** @default those that each add-on needs and no more (SC-07) */
    readonly identities?: AddonIdentities;
    /** Name of the queue that tells Karpenter of spot interruptions. @default none */
    readonly interruptionQueue?: pulumi.Input<string>;
}

/** What differs between clouds. */
interface Place {
    readonly paths: Paths;
    readonly dns: DnsSite;
}

const places: Readonly<Record<Cloud, (config: PlatformConfig) => Place>> = {
    gcp: (config) => ({
        paths: gcpPaths(config),
        dns: {
            provider: "google",
            // GKE serves the Gateway API from the start.
            sources: ["service", "gateway-httproute"],
            extraArgs: { "google-project": config.account, "google-zone-visibility": "public" },
        },
    }),
    aws: (config) => ({
        paths: awsPaths(config),
        // The Gateway API comes with the edge: external-dns stops at a kind that is not served.
        dns: { provider: "aws", sources: ["service"], extraArgs: { "aws-zone-type": "public" } },
    }),
    existing: () => ({ paths: existingPaths(), dns: { provider: "", sources: [], extraArgs: {} } }),
};

/** The charts that a stack installs, in the order of the table. */
export function chartsOf(config: PlatformConfig): Chart[] {
    return charts.filter(({ clouds, when }) => clouds.includes(config.cloud) && (when?.(config) ?? true));
}

/** What a chart's values are made from in a stack. */
export function settingsOf(chart: Pick<Chart, "name" | "namespace">, args: AddonsArgs): AddonSettings {
    const { config, cluster, network, identities, interruptionQueue } = args;
    const site: Site = {
        clusterName: cluster.name,
        domain: config.domain,
        dns: places[config.cloud](config).dns,
        region: config.region,
        vpcId: network?.id ?? "",
        interruptionQueue: interruptionQueue ?? "",
        insecureKubelets: config.existing.metricsServer === "install-insecure",
    };
    return {
        name: chart.name,
        namespace: chart.namespace,
        // One where nobody loses anything by waiting for its restart, two where a node may go at any time (EN-01, EN-02).
        replicas: config.replicas.autoscale ? 2 : 1,
        spread: config.spread,
        // What the cluster itself stands on has the system's class, which only kube-system may give everywhere.
        priorityClassName: chart.namespace === "kube-system" ? "system-cluster-critical" : addonPriorityClass,
        image: (repository) => mirrored(repository, config.images.mirror),
        accountAnnotations: identities?.[chart.name]?.annotations ?? {},
        site,
    };
}

/** Installs the add-ons that a stack's cloud and tier ask for, each after those that it needs. */
export function createAddons(name: string, args: AddonsArgs, opts: pulumi.ComponentResourceOptions): Addons {
    const { config } = args;
    const priority = new AddonPriority(`${name}-priority`, {}, opts);
    const made = new Map<AddonName, ChartRelease>();
    const wanted = chartsOf(config);
    const identities = args.identities ?? addonIdentities(name, wanted, args, opts);
    for (const chart of wanted) {
        const needed = (chart.needs ?? []).flatMap((need) => made.get(need) ?? []);
        const { namespace } = chart;
        made.set(
            chart.name,
            new ChartRelease(
                chart.name,
                {
                    chart,
                    namespace: namespace === "kube-system" ? namespace : args.namespaces[namespace],
                    settings: settingsOf(chart, { ...args, identities }),
                    paths: places[config.cloud](config).paths,
                    source: config.charts.source,
                    needs: [priority, ...needed],
                },
                opts,
            ),
        );
    }
    return {
        releases: Object.fromEntries([...made].map(([addon, { namespaceName }]) => [addon, namespaceName])),
        ready: [...made.values()],
        scrapes: wanted.flatMap((chart) =>
            Object.entries(chart.pods).flatMap(([role, { labels, metrics }]) =>
                metrics === undefined
                    ? []
                    : [{ addon: chart.name, role, namespace: chart.namespace, labels, port: metrics }],
            ),
        ),
    };
}
