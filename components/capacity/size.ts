import { machineOf } from "../../config/machines";
import type { LayerConfig } from "./layer-config";

/** The placeholder pods of a stack, one for each of the app pool's minimum number of nodes. */
export interface Placeholders {
    readonly count: number;
    /** Cores of each. */
    readonly cpu: number;
    /** Bytes of each. */
    readonly memory: number;
}

/**
 * The capacity to reserve (CL-10): the tier's share of each of the app pool's minimum number of nodes. Quantities are
 * rounded up where they are formatted. Undefined where no capacity is reserved: in dev, in a replica, and on nodes of
 * unknown size.
 */
export function placeholders(
    config: Pick<LayerConfig, "headroomPercent" | "nodePools" | "dedicatedPools">,
): Placeholders | undefined {
    const { app } = config.nodePools;
    const machine = machineOf(app?.machineType ?? "");
    const share = config.headroomPercent / 100;
    if (app === undefined || machine === undefined || share === 0 || !config.dedicatedPools) {
        return undefined;
    }
    return { count: app.min, cpu: machine.vcpu * share, memory: machine.memoryGiB * 2 ** 30 * share };
}
