import type { NamespaceName, Workloads } from "../../catalog/types";
import { cpuQuantity, memoryQuantity, quantity } from "../../config/quantity";
import { type PlatformConfig, replicaBounds } from "../../config/resolve";
import { placeholders } from "../capacity/size";
import { headroomNamespace } from "../capacity/types";

/** What a namespace may use at most, as a ResourceQuota's `hard`. */
export type QuotaHard = Readonly<Record<string, string>>;

/** Room over the sum of all maxima (AS-11). */
const headroom = 1.2;

/** Room of a namespace whose workloads are not in the catalogue; the layer that fills it brings its own figures. */
const layerQuota: QuotaHard = {
    "requests.cpu": "8",
    "limits.cpu": "16",
    "requests.memory": "32Gi",
    "limits.memory": "64Gi",
    pods: "50",
};

/** The placeholders' own share: they use none of it, and the quota counts what they ask for all the same (CL-10). */
function withPlaceholders(hard: QuotaHard, config: PlatformConfig, namespace: NamespaceName): QuotaHard {
    const held = placeholders(config);
    if (held === undefined || namespace !== headroomNamespace) {
        return hard;
    }
    const { count, cpu, memory } = held;
    // Rounded as each pod is: the sum of what they ask for, to the last byte.
    const cores = count * quantity(cpuQuantity(cpu));
    const bytes = count * quantity(memoryQuantity(memory));
    const more = (key: string, extra: number): number => quantity(hard[key] ?? "0") + extra;
    return {
        "requests.cpu": cpuQuantity(more("requests.cpu", cores)),
        "limits.cpu": cpuQuantity(more("limits.cpu", cores)),
        "requests.memory": memoryQuantity(more("requests.memory", bytes)),
        "limits.memory": memoryQuantity(more("limits.memory", bytes)),
        pods: String(more("pods", count)),
    };
}

/**
 * A namespace's quota: every workload at its most replicas, and a fifth more; never less than one pod more, or a rolling
 * update of a single replica could not start its new pod (AS-11).
 */
export function namespaceQuota(config: PlatformConfig, namespace: NamespaceName, workloads: Workloads): QuotaHard {
    const members = Object.entries(workloads).filter(([, workload]) => workload.namespace === namespace);
    const pods = members.reduce((sum, [name, { scaling }]) => sum + replicaBounds(config, name, scaling).max, 0);
    const room = Math.max(pods * headroom, pods + 1);
    const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = config.resources;
    const compute =
        members.length === 0
            ? layerQuota
            : {
                  "requests.cpu": cpuQuantity(room * quantity(cpuRequest)),
                  "limits.cpu": cpuQuantity(room * quantity(cpuLimit)),
                  "requests.memory": memoryQuantity(room * quantity(memoryRequest)),
                  "limits.memory": memoryQuantity(room * quantity(memoryLimit)),
                  pods: String(Math.ceil(room)),
              };
    // Only the gateway's namespace may be seen from outside (NW-10); a load balancer takes node ports of its own.
    const exposure =
        namespace === "ingress"
            ? { "services.loadbalancers": "1" }
            : { "services.loadbalancers": "0", "services.nodeports": "0" };
    return { ...withPlaceholders(compute, config, namespace), ...exposure };
}
