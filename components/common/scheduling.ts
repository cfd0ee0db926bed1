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
 * with another replica while a node without one exists; see {@link besideFullNodes} for workloads of many replicas.
 */
export function topologySpread(name: string, spread: "required" | "preferred"): Spread[] {
    return topologySpreadByLabels(selectorLabels(name), spread);
}

/**
 * The same constraints with two replicas on a node while another node has none. With one, a node that is full without the
 * workload limits all others to one replica, and pods stay pending beside free nodes. Up to a replica a zone share no node
 * all the same, for zones stay strict, and the preference for other nodes remains (CL-13).
 */
export function besideFullNodes(constraints: readonly Spread[]): Spread[] {
    return constraints.map((constraint) =>
        constraint.topologyKey === "kubernetes.io/hostname" && constraint.whenUnsatisfiable === "DoNotSchedule"
            ? { ...constraint, maxSkew: 2 }
            : constraint,
    );
}

/**
 * The same constraints with a least number of zones: while a zone is missing, its replicas stay pending, for they would
 * run twice in another zone, and still after the zone's return (CL-13). Nothing changes with one zone or fewer, or where
 * the spread over zones is only preferred.
 */
export function inEveryZone(constraints: readonly Spread[], zones: number): Spread[] {
    return constraints.map((constraint) =>
        zones > 1 &&
        constraint.topologyKey === "topology.kubernetes.io/zone" &&
        constraint.whenUnsatisfiable === "DoNotSchedule"
            ? { ...constraint, minDomains: zones }
            : constraint,
    );
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
