import { quantity } from "../../../config/quantity";
import { at, listAt, textAt, type Json, type JsonObject } from "../json";

/** Requests and limits: CPU in cores, memory in bytes. */
export interface Resources {
    readonly cpuRequest: number;
    readonly cpuLimit: number;
    readonly memoryRequest: number;
    readonly memoryLimit: number;
}

/**
 * Requests and limits of one pod as the scheduler counts them: the sum of containers that run together, or the largest init
 * container if that is more, plus the overhead of the runtime class. Unknown values count as 0.
 */
export function podResources(template: JsonObject): Resources {
    const total = (kind: "requests" | "limits", name: "cpu" | "memory"): number => {
        // Sidecars start in the order of the init containers and keep running with all later containers.
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
        cpuRequest: total("requests", "cpu"),
        cpuLimit: total("limits", "cpu"),
        memoryRequest: total("requests", "memory"),
        memoryLimit: total("limits", "memory"),
    };
}

/** The default of a request is the limit. */
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
