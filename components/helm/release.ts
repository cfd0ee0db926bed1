import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import { kebab } from "./declare";
import { chartOrigin } from "./source";
import type { Chart } from "./types";

/** What a {@link ChartRelease} is made from. */
export interface ChartReleaseArgs {
    readonly chart: Pick<Chart, "name" | "chart" | "repo" | "version" | "crds" | "pods">;
    /** The chart's namespace, once its quota and the network policies of the chart's pods are in force. */
    readonly namespace: pulumi.Input<string>;
    /** Of every part of the chart that can run more than once. */
    readonly replicas: number;
    readonly values: object;
    /** What has to be there before the chart is installed. @default nothing */
    readonly needs?: readonly pulumi.Resource[];
    /** Folder or `oci://` registry that all charts come from. @default the chart's own project */
    readonly source?: string | undefined;
}

/** Seconds that an installation or an upgrade may take: time for new nodes, and for three parts one after the other. */
const timeoutSeconds = 600;

/**
 * A chart as a Helm release, with a PodDisruptionBudget for those of its pods that it has no key for one for (AS-10). The
 * network policies of its pods come with the namespace, from the layer's declaration.
 */
export class ChartRelease extends pulumi.ComponentResource {
    /** The release's namespace; resolves when everything that it made is ready. */
    public readonly namespaceName: pulumi.Output<string>;

    constructor(name: string, args: ChartReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:helm:ChartRelease", name, {}, opts);
        const { chart, namespace, replicas } = args;
        const child = { parent: this };
        const groups = Object.entries(chart.pods);
        const metadata = (role: string) => ({
            name: `${chart.name}-${kebab(role)}`,
            namespace,
            labels: labels(chart.name, "addon"),
        });
        const release = new k8s.helm.v3.Release(
            name,
            {
                // Objects are named after it: a made-up one would change all of them.
                name: chart.name,
                ...chartOrigin(chart, args.source),
                namespace,
                // Ours, with their labels and quotas; a chart would make a bare one.
                createNamespace: false,
                // All or nothing: what failed half way is taken back, and its new objects with it.
                atomic: true,
                cleanupOnFail: true,
                timeout: timeoutSeconds,
                waitForJobs: true,
                // Each revision is a Secret with the whole manifest.
                maxHistory: 5,
                // From one place only; the table says from which.
                skipCrds: chart.crds !== "folder",
                values: args.values,
            },
            { ...child, dependsOn: [...(args.needs ?? [])] },
        );
        for (const [role, group] of groups) {
            if (group.budget === "release" && (group.count ?? "many") === "many" && replicas > 1) {
                new k8s.policy.v1.PodDisruptionBudget(
                    `${name}-${kebab(role)}-budget`,
                    {
                        metadata: metadata(role),
                        spec: {
                            maxUnavailable: 1,
                            selector: { matchLabels: { ...group.labels } },
                            // A pod that is broken anyway must not keep a node from being drained.
                            unhealthyPodEvictionPolicy: "AlwaysAllow",
                        },
                    },
                    child,
                );
            }
        }
        this.namespaceName = release.status.namespace;
        this.registerOutputs({ namespaceName: this.namespaceName });
    }
}
