import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { labels } from "../common/labels";
import { chartPriorityClass } from "../helm";

/**
 * The priority class of add-ons, which the shop's pods depend on: above every class of the shop, below the system's. GKE
 * admits the system's classes in kube-system only.
 */
export class AddonPriority extends pulumi.ComponentResource {
    /** Name of the class; resolves when it exists. */
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
