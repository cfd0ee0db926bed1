import { quantity } from "../../../config/quantity";
import { at, listAt, textAt, type Json, type JsonObject } from "../json";

/** CPU in cores and memory in bytes, asked for and allowed. */
export interface Resources {
    readonly cpuRequest: number;
    readonly cpuLimit: number;
    readonly memoryRequest: number;
    readonly memoryLimit: number;
}

/**
 * What the scheduler counts for one pod: the sum of what runs side by side, or the largest init container where that is
 * more, and the overhead of its runtime class. What is not known yet counts as nothing.
 */
export function podResources(template: JsonObject): Resources {
    const side = (kind: "requests" | "limits", name: "cpu" | "memory"): number => {
        // Sidecars start in their place among the init containers, and go on running beside all that follow.
        let sidecars = 0;
        let largest = 0;
        for (const container of listAt(template, "spec", "initContainers")) {
            const own = amount(container, kind, name);
            largest = Math.max(largest, sidecars + own);
            sidecars += textAt(container, "restartPolicy") === "Always" ? own : 0;
        }
        const main = listAt(template, "spec", "containers").reduce<number>(
            (sum, container) => sum + amount(container, kind, name),
            0,
        );
        return Math.max(largest, sidecars + main) + parsed(at(template, "spec", "overhead", name));
    };
    return {
        cpuRequest: side("requests", "cpu"),
        cpuLimit: side("limits", "cpu"),
        memoryRequest: side("requests", "memory"),
        memoryLimit: side("limits", "memory"),
    };
}

/** A request that is left out is as large as the limit. */
function amount(container: Json, kind: "requests" | "limits", name: "cpu" | "memory"): number {
    const own = at(container, "resources", kind, name);
    return parsed(own ?? (kind === "requests" ? at(container, "resources", "limits", name) : undefined));
}

function parsed(value: Json | undefined): number {
    if (typeof value === "number") {
        return value;
    }
    return typeof value === "string" && /^[0-9]/.test(value) ? quantity(value) : 0;
}
