import type * as k8s from "@pulumi/kubernetes";

/** Spec of a budget that lets one pod with `labels` at a time be evicted (AS-10). */
export function oneAtATime(
    labels: Readonly<Record<string, string>>,
): k8s.types.input.policy.v1.PodDisruptionBudgetSpec {
    return {
        maxUnavailable: 1,
        selector: { matchLabels: { ...labels } },
        // Pods that are not ready must not block the drain of a node.
        unhealthyPodEvictionPolicy: "AlwaysAllow",
    };
}
