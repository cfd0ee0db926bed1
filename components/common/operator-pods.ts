import type { NamespaceName, WorkloadPool } from "../../catalog/types";
import type { CoreConfig } from "../../config/core";
import { homePool } from "../../config/profiles";
import type { CommonConfig } from "./config";
import { poolLabels, type PoolTaint, poolTaints } from "./pools";

/** Where a pool's pods run, in plain values. */
interface PoolFields {
    readonly affinity?: {
        readonly nodeAffinity: {
            readonly requiredDuringSchedulingIgnoredDuringExecution: {
                readonly nodeSelectorTerms: {
                    readonly matchExpressions: {
                        readonly key: string;
                        readonly operator: string;
                        readonly values: string[];
                    }[];
                }[];
            };
        };
    };
    readonly tolerations?: (PoolTaint & { readonly operator: string })[];
}

/** Node affinity and toleration of a pool; none where pods share all nodes, or on the app pool, which takes every pod. */
function poolFields(
    { profile, dedicatedPools }: CoreConfig,
    namespace: NamespaceName,
    workloadPool: WorkloadPool,
): PoolFields {
    const pool = homePool(profile, { namespace, pool: workloadPool });
    if (!dedicatedPools || pool === "app") {
        return {};
    }
    const matchExpressions = Object.entries(poolLabels[pool]).map(([key, value]) => ({
        key,
        operator: "In",
        values: [value],
    }));
    const taint = poolTaints[pool];
    return {
        affinity: {
            nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
            },
        },
        ...(taint === undefined ? {} : { tolerations: [{ ...taint, operator: "Equal" }] }),
    };
}

/**
 * Placement of pods that an operator creates without a template hash: their namespace's pool, and spread over zones and
 * nodes (CL-13, CL-14). In plain values, which generated types of custom resources require.
 *
 * @param workloadPool their pool in the standard profile. @default "app"
 */
export function operatorPodPlacement(
    config: CoreConfig & CommonConfig,
    namespace: NamespaceName,
    labels: Readonly<Record<string, string>>,
    workloadPool: WorkloadPool = "app",
) {
    return {
        ...poolFields(config, namespace, workloadPool),
        topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: config.spread === "required" ? "DoNotSchedule" : "ScheduleAnyway",
            labelSelector: { matchLabels: { ...labels } },
            // Nodes that the pod cannot be scheduled on are not counted as empty.
            nodeTaintsPolicy: "Honor",
            nodeAffinityPolicy: "Honor",
        })),
    };
}
