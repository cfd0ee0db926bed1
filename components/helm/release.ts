import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { oneAtATime } from "../common/disruption-budget";
import { labels } from "../common/labels";
import { kebab } from "./declare";
import { chartOrigin } from "./source";
import type { Chart } from "./types";

/** Arguments of {@link ChartRelease}. */
export interface ChartReleaseArgs {
    readonly chart: Pick<Chart, "name" | "chart" | "repo" | "version" | "crds" | "pods">;
    /** The chart's namespace; resolves when its quota and the network policies of the chart's pods exist. */
    readonly namespace: pulumi.Input<string>;
    /** Replicas of every part of the chart that can have more than one. */
    readonly replicas: number;
    readonly values: object;
    /** Dependencies of the release. @default none */
    readonly needs?: readonly pulumi.Resource[];
    /** Folder or `oci://` registry of all charts. @default the chart's own repository */
    readonly source?: string | undefined;
}

/** Seconds for an installation or an upgrade: time to add nodes and to start three parts one after the other. */
const timeoutSeconds = 600;

/**
 * A Helm release, with a PodDisruptionBudget for those of its pods that its chart has no key for one for (AS-10). The
 * network policies of its pods are created with the namespace, from the layer's declaration.
 */
export class ChartRelease extends pulumi.ComponentResource {
    /** The release's namespace; resolves when all objects of the release are ready. */
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
                // Objects are named after the release: a generated name would change all of them.
                name: chart.name,
                ...chartOrigin(chart, args.source),
                namespace,
                // The security layer creates namespaces, with labels and quotas.
                createNamespace: false,
                // A failed installation or upgrade is rolled back, and its new objects are deleted.
                atomic: true,
                cleanupOnFail: true,
                timeout: timeoutSeconds,
                waitForJobs: true,
                // Each revision is a Secret that contains the whole manifest.
                maxHistory: 5,
                // The chart's `crds` names the only source of definitions.
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
                        spec: oneAtATime(group.labels),
                    },
                    child,
                );
            }
        }
        this.namespaceName = release.status.namespace;
        this.registerOutputs({ namespaceName: this.namespaceName });
    }
}
