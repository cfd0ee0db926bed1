import type { NamespaceName } from "../../catalog/types";
import { cpuQuantity, memoryQuantity, quantity } from "../../config/quantity";
import type { PodGroup, Resources } from "../layer";

/** What a namespace may use at most, as a ResourceQuota's `hard`. */
export type QuotaHard = Readonly<Record<string, string>>;

/** Room over the sum of all maxima (AS-11). */
const headroom = 1.2;

/**
 * All groups at their maximum and a fifth more, and never less than the maximum with the surge of every group: an update
 * of all of them at once can always start its new pods.
 */
function total(groups: readonly PodGroup[], one: (group: PodGroup) => number): number {
    const sum = (count: (group: PodGroup) => number): number =>
        groups.reduce((all, group) => all + count(group) * one(group), 0);
    const maximum = sum(({ count }) => count.max);
    return Math.max(maximum * headroom, maximum + sum(({ count }) => (count.max === 0 ? 0 : count.surge)));
}

/** The quota of a namespace from the pods that are declared for it (AS-11). */
export function namespaceQuota(namespace: NamespaceName, groups: readonly PodGroup[]): QuotaHard {
    const of = (side: keyof Resources, kind: "cpu" | "memory") =>
        total(groups, ({ resources }) => quantity(resources[side][kind]));
    // Only the gateway's namespace is reachable from outside (NW-10); a load balancer takes node ports of its own.
    const exposure =
        namespace === "ingress"
            ? { "services.loadbalancers": "1" }
            : { "services.loadbalancers": "0", "services.nodeports": "0" };
    return {
        "requests.cpu": cpuQuantity(of("requests", "cpu")),
        "limits.cpu": cpuQuantity(of("limits", "cpu")),
        "requests.memory": memoryQuantity(of("requests", "memory")),
        "limits.memory": memoryQuantity(of("limits", "memory")),
        pods: String(Math.ceil(total(groups, () => 1) - 1e-6)),
        ...exposure,
    };
}
