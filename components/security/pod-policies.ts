import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { NamespaceName } from "../../catalog/types";
import { labels } from "../common/labels";
import type { PodGroup } from "../layer";
import { networkPolicySpec, type PolicyContext } from "./network-policy";

/** Arguments of {@link PodPolicies}. */
export interface PodPoliciesArgs extends PolicyContext {
    /** Name of the namespace; resolves when it exists. */
    readonly namespace: pulumi.Input<NamespaceName | "kube-system">;
    /** The declared groups of pods. */
    readonly pods: readonly PodGroup[];
}

/** The plan does not contain pods of a controller, and kube-score reports policies that select none of its objects. */
const ignoreUnmatchedPolicy = { "kube-score/ignore": "networkpolicy-targets-pod" };

/** A NetworkPolicy for each group of pods in a namespace (NW-05). */
export class PodPolicies extends pulumi.ComponentResource {
    /** Resolves when the policies exist. */
    public readonly namespaceName: pulumi.Output<string>;

    constructor(name: string, args: PodPoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:security:PodPolicies", name, {}, opts);
        // Pods that declare no traffic need no policy beside the default deny.
        const connected = args.pods.filter(({ callers, calls }) => callers.length + calls.length > 0);
        const policies = connected.map((group) => {
            const { name: own, app, source } = group;
            return new k8s.networking.v1.NetworkPolicy(
                `${own}-policy`,
                {
                    metadata: {
                        name: own,
                        namespace: args.namespace,
                        labels: labels(app.name, app.component),
                        ...(source === "controller" ? { annotations: ignoreUnmatchedPolicy } : {}),
                    },
                    spec: networkPolicySpec(group, args),
                },
                { parent: this },
            );
        });
        // URNs, which unlike ids are known in a preview: the namespace's name stays known in the plan.
        const inForce = pulumi.all(policies.map(({ urn }) => urn));
        this.namespaceName = pulumi.all([args.namespace, inForce]).apply(([namespace]): string => namespace);
        this.registerOutputs({ namespaceName: this.namespaceName });
    }
}
