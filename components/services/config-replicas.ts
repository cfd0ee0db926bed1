import type { CommonConfig } from "../common/config";
import type { ServicesConfig } from "./config-keys";

/** Replicas that the compact profile names itself: two pods behind the gateway, as the sources draw it (CL-15). */
export const compactReplicas: Readonly<Record<string, number>> = { frontend: 2 };

/** Bounds of a workload's replicas in an environment (AS-01 to AS-04, EN-01 to EN-03). */
export interface ReplicaBounds {
    readonly min: number;
    readonly max: number;
}

/**
 * How many replicas a workload has: the catalogue's bounds in prod, the tier's number elsewhere, the stack's own
 * settings over both. Without an autoscaler both ends are the same.
 */
export function replicaBounds(
    config: ServicesConfig & Pick<CommonConfig, "replicas">,
    name: string,
    scaling: ReplicaBounds,
): ReplicaBounds {
    const own = config.services[name];
    const { autoscale, floor } = config.replicas;
    if (!autoscale) {
        const replicas = own?.replicas ?? floor;
        return { min: replicas, max: replicas };
    }
    return { min: own?.minReplicas ?? (floor === 0 ? scaling.min : floor), max: own?.maxReplicas ?? scaling.max };
}
