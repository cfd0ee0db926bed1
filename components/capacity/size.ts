import { machineOf } from "../../config/machines";
import type { LayerConfig } from "./layer-config";

/** The placeholder pods of a stack, one for each of the app pool's fewest nodes. */
export interface Placeholders {
    readonly count: number;
    /** Cores of each. */
    readonly cpu: number;
    /** Bytes of each. */
    readonly memory: number;
}

/**
 * How much to keep free (CL-10): the tier's share of the app pool's fewest nodes, each as large as its machine. Rounded
 * up where it is written down, so that it is never less. Undefined where nothing is kept free: in dev, in a replica, and
 * on nodes whose size nobody told us.
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
