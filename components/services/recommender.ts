import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Inputs } from "../../custom-resources/inputs";
import type { VerticalPodAutoscaler } from "../../custom-resources/types/autoscaling.k8s.io/VerticalPodAutoscaler";
import { labels } from "../common/labels";

/** Arguments of {@link Recommender}. */
export interface RecommenderArgs {
    /** Name of the Deployment. */
    readonly workload: string;
    readonly component: string;
    readonly namespace: pulumi.Input<string>;
    /** The Deployment, and the release that serves the kind, if the cluster does not. */
    readonly needs: readonly pulumi.Resource[];
}

/** Recommends requests of a service from its use, for `resources` in the stack file (AS-09, CO-01). */
export class Recommender extends pulumi.ComponentResource {
    constructor(name: string, args: RecommenderArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:services:Recommender", name, {}, opts);
        const { workload, component, namespace, needs } = args;
        new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "autoscaling.k8s.io/v1",
                kind: "VerticalPodAutoscaler",
                metadata: { name: workload, namespace, labels: labels(workload, component) },
                spec: {
                    targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: workload },
                    // The HorizontalPodAutoscaler reacts to the same metrics: two controllers would work against each other.
                    updatePolicy: { updateMode: "Off" },
                },
            } satisfies Inputs<VerticalPodAutoscaler>,
            { parent: this, dependsOn: [...needs] },
        );
        this.registerOutputs({});
    }
}
