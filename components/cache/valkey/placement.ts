import type * as k8s from "@pulumi/kubernetes";

import { selectorLabels } from "../../common/labels";
import { poolPlacement, topologySpread } from "../../common/scheduling";
import type { PodGroup } from "../../layer";
import type { Member } from "../instances";

type PodSpec = k8s.types.input.core.v1.PodSpec;

/** Labels of a member's pod besides its cluster's, by which budgets and zones are decided. */
export function memberLabels({ shard, place }: Pick<Member, "shard" | "place">): Record<string, string> {
    return { "cache.shop/shard": String(shard), "cache.shop/place": String(place) };
}

/** Arguments of {@link memberPlacement}. */
export interface PlacementArgs {
    /** Name of the cluster. */
    readonly instance: string;
    readonly member: Member;
    /** Members of the cluster. */
    readonly members: number;
    readonly pool: PodGroup["pool"];
    readonly dedicatedPools: boolean;
    readonly spread: "required" | "preferred";
}

/**
 * Where a member may run. Pods of one place share a zone, and pods of two places never do: the members of a shard are in
 * places of their own, so that a master and its replica are never in one zone, and so are the homes of three masters (CA-01).
 * The scheduler can satisfy this in any order of pods, which spread constraints alone could not: they would leave the last
 * replica with its master's zone only. A volume keeps its pod in the zone, so that the rule outlives each restart.
 */
export function memberPlacement(
    args: PlacementArgs,
): Pick<PodSpec, "affinity" | "tolerations" | "topologySpreadConstraints"> {
    const { instance, member, members, pool, dedicatedPools, spread } = args;
    const { affinity, tolerations } = poolPlacement(instance, pool, dedicatedPools) as {
        readonly affinity: k8s.types.input.core.v1.Affinity;
        readonly tolerations?: k8s.types.input.core.v1.Toleration[];
    };
    const topologySpreadConstraints = topologySpread(instance, "preferred");
    const tolerated = tolerations === undefined ? {} : { tolerations };
    if (members === 1) {
        return { affinity, ...tolerated, topologySpreadConstraints };
    }
    const matchLabels = selectorLabels(instance);
    const place = (operator: "In" | "NotIn") => ({
        topologyKey: "topology.kubernetes.io/zone",
        labelSelector: {
            matchLabels,
            matchExpressions: [{ key: "cache.shop/place", operator, values: [String(member.place)] }],
        },
    });
    const terms = { apart: place("NotIn"), together: place("In") };
    const { podAntiAffinity, ...others } = affinity as { readonly podAntiAffinity: object };
    const zones =
        spread === "required"
            ? {
                  podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [terms.together] },
                  podAntiAffinity: {
                      ...podAntiAffinity,
                      requiredDuringSchedulingIgnoredDuringExecution: [terms.apart],
                  },
              }
            : {
                  podAntiAffinity: {
                      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: terms.apart }],
                  },
              };
    return { affinity: { ...others, ...zones }, ...tolerated, topologySpreadConstraints };
}
