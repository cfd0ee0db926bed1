import type { PoolName } from "../../catalog/types";
import { poolPlacement } from "../common/scheduling";

/** Node affinity in the form of the operator's kinds, whose types have plain values. */
export interface NodeAffinity {
    readonly requiredDuringSchedulingIgnoredDuringExecution: {
        readonly nodeSelectorTerms: {
            readonly matchExpressions: { readonly key: string; readonly operator: string; readonly values: string[] }[];
        }[];
    };
}

/** Toleration of a pool's taint. */
export interface Toleration {
    readonly key: string;
    readonly operator: string;
    readonly value: string;
    readonly effect: string;
}

/** Node affinity and tolerations of a pool; the operator's kinds have their own anti-affinity. */
export function operatorPlacement(
    name: string,
    pool: PoolName,
    dedicated: boolean,
): { readonly nodeAffinity?: NodeAffinity; readonly tolerations?: Toleration[] } {
    const { affinity, tolerations } = poolPlacement(name, pool, dedicated);
    const { nodeAffinity } = (affinity ?? {}) as { readonly nodeAffinity?: NodeAffinity };
    return {
        ...(nodeAffinity === undefined ? {} : { nodeAffinity }),
        ...(tolerations === undefined ? {} : { tolerations: tolerations as unknown as Toleration[] }),
    };
}
