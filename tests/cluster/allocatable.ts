import type { Allocatable } from "../../config/allocatable";
import { machines, type Machine } from "../../config/machines";

const mebi = 2 ** 20;
const gibi = 2 ** 30;

/** The single node of a kind or minikube cluster on a laptop: 4 cores, 8 GiB, reserved for eviction only. */
export const laptop: Allocatable = {
    cpu: 4,
    memory: 8 * gibi - 100 * mebi,
    ephemeralStorage: 50 * gibi,
    pods: 110,
};

/** Size of a machine type. @throws Error for a type that config/machines.ts does not list. */
export function machineOf(cloud: "gcp" | "aws", machineType: string): Machine {
    const machine = machines[cloud][machineType];
    if (machine === undefined) {
        throw new Error(`config/machines.ts has no machine type ${machineType} for ${cloud}; add it`);
    }
    return machine;
}
