import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import { chartPriorityClass } from "../helm";

/**
 * The class of what the shop's own pods wait for: above every class of the shop, below the system's. The system's two are
 * refused by GKE outside kube-system.
 */
export class AddonPriority extends pulumi.ComponentResource {
    /** Name of the class; resolves when it can be used. */
    public readonly className: pulumi.Output<string>;

    constructor(name: string, _args: Record<string, never>, opts?: pulumi.ComponentResourceOptions) {
        super("shop:addons:AddonPriority", name, {}, opts);
        const priority = new k8s.scheduling.v1.PriorityClass(
            name,
            {
                metadata: { name: chartPriorityClass, labels: labels(chartPriorityClass, "priority") },
                value: 1_000_000,
                description: "Controllers and webhooks that the shop's workloads depend on",
                globalDefault: false,
            },
            { parent: this },
        );
        this.className = priority.metadata.name;
        this.registerOutputs({ className: this.className });
    }
}
