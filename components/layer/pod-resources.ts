import { cpuQuantity, memoryQuantity, quantity } from "../../config/quantity";
import type { Resources } from "./declaration";

/** Resources of a pod with these containers. */
export function sum(...containers: readonly Resources[]): Resources {
    const total = (bound: "requests" | "limits") => ({
        cpu: cpuQuantity(containers.reduce((all, one) => all + quantity(one[bound].cpu), 0)),
        memory: memoryQuantity(containers.reduce((all, one) => all + quantity(one[bound].memory), 0)),
    });
    return { requests: total("requests"), limits: total("limits") };
}
