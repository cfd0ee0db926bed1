import type * as k8s from "@pulumi/kubernetes";

import type { PoolName } from "../../catalog/types";
import { selectorLabels } from "./labels";
import { poolLabels, poolTaints } from "./pools";

type Spread = k8s.types.input.core.v1.TopologySpreadConstraint;

/** The same for pods that carry somebody else's labels: those of a chart. */
export function spreadOver(matchLabels: Readonly<Record<string, string>>, spread: "required" | "preferred"): Spread[] {
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: spread === "required" ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: { matchLabels: { ...matchLabels } },
        // Each revision is spread by itself, or the old pods of a rolling update push the new ones together.
        matchLabelKeys: ["pod-template-hash"],
        // Nodes of pools that the pod may not enter do not count as empty ones.
        nodeTaintsPolicy: "Honor",
        nodeAffinityPolicy: "Honor",
    }));
}

/** Asks for spot nodes first; without any the pod runs on the app pool (CL-12). */
function spotFirst() {
    const preference = { matchExpressions: matching("spot") };
    return { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] };
}

function matching(pool: PoolName) {
    return Object.entries(poolLabels[pool]).map(([key, value]) => ({ key, operator: "In", values: [value] }));
}

function tolerations(pool: PoolName) {
    const taint = poolTaints[pool];
    return taint === undefined ? [] : [{ key: taint.key, operator: "Equal", value: taint.value, effect: taint.effect }];
}

/**
 * Spreads a workload over zones and nodes (CL-13, CL-14). `required` leaves a pod waiting rather than let two replicas
 * share a node while another has none.
 */
export function topologySpread(name: string, spread: "required" | "preferred"): Spread[] {
    return spreadOver(selectorLabels(name), spread);
}

/**
 * What a pod needs to get into its pool: nothing for the app pool, an affinity for the label and the taint's toleration,
 * if there is one, for the others (CL-05 to CL-07, CL-15). Without dedicated pools, as on a laptop, every pod shares every
 * node. Replicas of one service prefer different nodes even where the spread is not strict (CL-13).
 *
 * @param spot whether the pod prefers spot nodes, and the stack has a pool of them (CL-12)
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
            ? { affinity: { podAntiAffinity, nodeAffinity: spotFirst() }, tolerations: tolerations("spot") }
            : { affinity: { podAntiAffinity } };
    }
    return {
        affinity: {
            podAntiAffinity,
            nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [{ matchExpressions: matching(pool) }],
                },
            },
        },
        // The API server would keep an empty list, and each update write it anew.
        ...(poolTaints[pool] === undefined ? {} : { tolerations: tolerations(pool) }),
    };
}
