import type { NamespaceName } from "../../catalog/types";
import { cpuQuantity, memoryQuantity, quantity } from "../../config/quantity";
import type { PodGroup, Resources } from "../layer";

/** The maximum that a namespace may use, as a ResourceQuota's `hard`. */
export type QuotaHard = Readonly<Record<string, string>>;

/** Factor over the sum of all maxima (AS-11). */
const headroom = 1.2;

/**
 * The sum of all groups' maxima, plus 20 % or the surge of every group, whichever is larger: simultaneous rolling updates
 * of all groups can always start their new pods.
 */
function total(groups: readonly PodGroup[], one: (group: PodGroup) => number): number {
    const sum = (count: (group: PodGroup) => number): number =>
        groups.reduce((all, group) => all + count(group) * one(group), 0);
    const maximum = sum(({ count }) => count.max);
    return Math.max(maximum * headroom, maximum + sum(({ count }) => (count.max === 0 ? 0 : count.surge)));
}

/** The quota of a namespace, from its declared pods (AS-11). */
export function namespaceQuota(namespace: NamespaceName, groups: readonly PodGroup[]): QuotaHard {
    const of = (side: keyof Resources, kind: "cpu" | "memory") =>
        total(groups, ({ resources }) => quantity(resources[side][kind]));
    // Only the gateway's namespace has a load balancer (NW-10), which allocates node ports.
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
