import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import { podGroupPolicySpec } from "./network-policy";
import type { Paths } from "../cluster/paths";
import { chartOrigin } from "./source";
import type { AddonSettings, Chart } from "./types";

/** What a {@link ChartRelease} is made from. */
export interface ChartReleaseArgs {
    readonly chart: Chart;
    /** The chart's namespace, once its default deny is in force. */
    readonly namespace: pulumi.Input<string>;
    readonly settings: AddonSettings;
    readonly paths: Paths;
    /** What has to be there before the chart is installed. @default nothing but its network policies */
    readonly needs?: readonly pulumi.Resource[];
    /** Folder or `oci://` registry that all charts come from. @default the chart's own project */
    readonly source?: string | undefined;
}

/** The chart makes the pods, which kube-score does not see, and a policy that selects nobody looks like a mistake. */
const podsOfAChart = { "kube-score/ignore": "networkpolicy-targets-pod" };

/** Seconds that an installation or an upgrade may take: long enough for new nodes, and for three parts one by one. */
const timeoutSeconds = 600;

/**
 * A chart of the table as a Helm release, with what the chart lacks: a network policy for each of its pods, and a
 * PodDisruptionBudget where it has no key for one. Rows CL-13, NW-05, SC-01, AS-10.
 */
export class ChartRelease extends pulumi.ComponentResource {
    /** The release's namespace; resolves when everything that it made is ready. */
    public readonly namespaceName: pulumi.Output<string>;

    constructor(name: string, args: ChartReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:addons:ChartRelease", name, {}, opts);
        const { chart, namespace, settings, paths } = args;
        const child = { parent: this };
        const groups = Object.entries(chart.pods);
        const metadata = (role: string) => ({
            name: `${chart.name}-${kebab(role)}`,
            namespace,
            labels: labels(chart.name, "addon"),
        });
        const policies = groups.map(
            ([role, group]) =>
                new k8s.networking.v1.NetworkPolicy(
                    `${name}-${kebab(role)}-policy`,
                    {
                        metadata: { ...metadata(role), annotations: podsOfAChart },
                        spec: podGroupPolicySpec(group, paths),
                    },
                    child,
                ),
        );
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
                values: chart.values(settings),
            },
            // No pod before its rules: a webhook that the API server cannot reach would fail the installation.
            { ...child, dependsOn: [...policies, ...(args.needs ?? [])] },
        );
        for (const [role, group] of groups) {
            if (group.budget === "ours" && (group.count ?? "many") === "many" && settings.replicas > 1) {
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

/** `certController` as Kubernetes names things. */
function kebab(role: string): string {
    return role.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
