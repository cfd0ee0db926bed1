import type { Scaling } from "../../catalog/types";
import type { CommonConfig } from "../common/config";
import type { ServicesConfig } from "./config-keys";
import { maxReplicas } from "./config-load";

/** Replicas set by the compact profile: two pods behind the gateway, as in the sources' diagram (CL-15). */
export const compactReplicas: Readonly<Record<string, number>> = { frontend: 2 };

/** Bounds of a workload's replicas in an environment (AS-01 to AS-04, AS-08, EN-01 to EN-03). */
export interface ReplicaBounds {
    readonly min: number;
    readonly max: number;
}

/**
 * The replicas of a workload: the catalogue's bounds in prod, the tier's number elsewhere, with the maximum of the load's
 * profile, overridden by the stack's settings. Without an autoscaler minimum and maximum are equal.
 */
export function replicaBounds(
    config: Pick<ServicesConfig, "services" | "load"> & Pick<CommonConfig, "replicas">,
    name: string,
    scaling: Scaling,
): ReplicaBounds {
    const own = config.services[name];
    const { autoscale, floor } = config.replicas;
    if (!autoscale) {
        const replicas = own?.replicas ?? floor;
        return { min: replicas, max: replicas };
    }
    return {
        min: own?.minReplicas ?? (floor === 0 ? scaling.min : floor),
        max: own?.maxReplicas ?? maxReplicas(config.load.profile, scaling),
    };
}
