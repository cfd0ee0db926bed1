import { machines } from "../../../config/machines";
import { eksAllocatable, eksMaxPods } from "../../../config/allocatable";

/** An instance type with the node capacity that the cloud and the kubelet would report. */
export interface SimulatedInstanceType {
    readonly name: string;
    readonly capacity: Readonly<Record<"cpu" | "memory" | "ephemeral-storage" | "pods", string>>;
}

/** A zone of the same region that no stack uses. */
export const zoneOutsideStacks = "use1-az6";

/** Reserved for the kubelet by Karpenter's simulated cloud. */
const reserved = { memory: 10 * 2 ** 20 };

const disk = 100;

/**
 * Every AWS machine type of config/machines.ts. CPU is the machine's, because NodePool limits count it; the other values
 * are allocatable for pods.
 */
export function simulatedInstanceTypes(): readonly SimulatedInstanceType[] {
    return Object.entries(machines.aws).map(([name, machine]) => {
        const allocatable = eksAllocatable(machine, disk, eksMaxPods(name));
        return {
            name,
            capacity: {
                cpu: String(machine.vcpu),
                memory: `${Math.floor((allocatable.memory + reserved.memory) / 1024)}Ki`,
                "ephemeral-storage": `${Math.floor(allocatable.ephemeralStorage / 1024)}Ki`,
                pods: String(allocatable.pods),
            },
        };
    });
}

/**
 * The instance types in the file format of Karpenter's simulated cloud. Prices are fictitious; only their order matters.
 * What no pool may use is the cheapest (burstable instances, larger instances per core, a zone outside the stack), so
 * that the NodePool's requirements and not the prices decide.
 */
export function instanceTypesFile(zones: readonly string[]): string {
    const types = simulatedInstanceTypes().map(({ name, capacity }) => ({
        name,
        architecture: "amd64",
        operatingSystems: ["linux"],
        resources: capacity,
        offerings: [...zones, zoneOutsideStacks].flatMap((zone) =>
            (["on-demand", "spot"] as const).map((kind) => ({
                Price: price(name, Number(capacity.cpu), zone, kind),
                Available: true,
                Requirements: [
                    { key: "karpenter.sh/capacity-type", operator: "In", values: [kind] },
                    { key: "topology.kubernetes.io/zone", operator: "In", values: [zone] },
                ],
            })),
        ),
    }));
    return JSON.stringify(types);
}

function price(name: string, cores: number, zone: string, kind: "on-demand" | "spot"): number {
    const burstable = name.startsWith("t3.") ? 0.5 : 1;
    const size = cores > 4 ? 0.4 : 1;
    const location = zone === zoneOutsideStacks ? 0.5 : 1;
    const discount = kind === "spot" ? 0.4 : 1;
    return 0.05 * cores * burstable * size * location * discount;
}
