import type * as k8s from "@pulumi/kubernetes";

import type { PoolName } from "../../catalog/types";
import { selectorLabels } from "./labels";
import { poolLabels, poolTaints } from "./pools";

type Spread = k8s.types.input.core.v1.TopologySpreadConstraint;

/** As {@link topologySpread}, for pods with other labels, such as those of a chart. */
export function topologySpreadByLabels(
    matchLabels: Readonly<Record<string, string>>,
    spread: "required" | "preferred",
): Spread[] {
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: spread === "required" ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: { matchLabels: { ...matchLabels } },
        // Each revision is spread separately, or the old pods of a rolling update would distort the spread of the new ones.
        matchLabelKeys: ["pod-template-hash"],
        // Nodes that the pod cannot be scheduled on are not counted as empty.
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
    }));
}

/** Prefers spot nodes; without any the pod runs on the app pool (CL-12). */
function preferSpot() {
    const preference = { matchExpressions: poolExpressions("spot") };
    return { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] };
}

function poolExpressions(pool: PoolName) {
    return Object.entries(poolLabels[pool]).map(([key, value]) => ({ key, operator: "In", values: [value] }));
}

function tolerations(pool: PoolName) {
    const taint = poolTaints[pool];
    return taint === undefined ? [] : [{ key: taint.key, operator: "Equal", value: taint.value, effect: taint.effect }];
}

/**
 * Spreads a workload over zones and nodes (CL-13, CL-14). With `required`, a pod stays pending rather than share a node
 * with another replica while a node without one exists.
 */
export function topologySpread(name: string, spread: "required" | "preferred"): Spread[] {
    return topologySpreadByLabels(selectorLabels(name), spread);
}

/**
 * Node affinity and tolerations for a pool: none for the app pool, the pool's labels and its taint, if any, for the others
 * (CL-05 to CL-07, CL-15). Without dedicated pools, as on a laptop, all pods share all nodes. Replicas of one service prefer
 * different nodes even where the spread is not strict (CL-13).
 *
 * @param spot whether the pod prefers spot nodes and the stack has a spot pool (CL-12)
 */
export function poolPlacement(
    name: string,
    pool: PoolName,
    dedicated: boolean,
    spot = false,
): Pick<k8s.types.input.core.v1.PodSpec, "affinity" | "tolerations"> {
    const podAntiAffinity = {
        preferredDuringSchedulingIgnoredDuringExecution: [
            {
                weight: 100,
                podAffinityTerm: {
                    topologyKey: "kubernetes.io/hostname",
                    labelSelector: { matchLabels: selectorLabels(name) },
                },
            },
        ],
    };
    if (!dedicated) {
        return { affinity: { podAntiAffinity } };
    }
    if (pool === "app") {
        return spot
            ? { affinity: { podAntiAffinity, nodeAffinity: preferSpot() }, tolerations: tolerations("spot") }
            : { affinity: { podAntiAffinity } };
    }
    return {
        affinity: {
            podAntiAffinity,
            nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [{ matchExpressions: poolExpressions(pool) }],
                },
            },
        },
        // An empty list would be dropped by the API server and show as a difference in each update.
        ...(poolTaints[pool] === undefined ? {} : { tolerations: tolerations(pool) }),
    };
}
