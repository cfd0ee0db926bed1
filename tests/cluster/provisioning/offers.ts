import { machines } from "../../../config/machines";
import { eksAllocatable, eksMaxPods } from "../allocatable";

/** What a node of a machine type is and has, as the real cloud and its kubelet would say it. */
export interface Offered {
    readonly name: string;
    readonly capacity: Readonly<Record<"cpu" | "memory" | "ephemeral-storage" | "pods", string>>;
}

/** Zone of the same region that no stack of ours is in. */
export const strangeZone = "us-east-1f";

/** Karpenter's simulated cloud takes this much of every machine for the kubelet. */
const kept = { memory: 10 * 2 ** 20 };

const disk = 100;

/**
 * Every machine type that config/machines.ts knows on AWS. Cores are the machine's, because limits count them; memory
 * and the rest are what a node leaves for pods.
 */
export function offered(): readonly Offered[] {
    return Object.entries(machines.aws).map(([name, machine]) => {
        const left = eksAllocatable(machine, disk, eksMaxPods(name));
        return {
            name,
            capacity: {
                cpu: String(machine.vcpu),
                memory: `${Math.floor((left.memory + kept.memory) / 1024)}Ki`,
                "ephemeral-storage": `${Math.floor(left.ephemeralStorage / 1024)}Ki`,
                pods: String(left.pods),
            },
        };
    });
}

/**
 * The offers as the file that Karpenter's simulated cloud reads. Prices are made up; only their order counts. What no
 * pool of ours may take is the cheapest: a burstable machine, a bigger one by the core, a zone that is not the stack's.
 * So it is the NodePool's requirements that keep nodes in bounds, and not what happens to be cheap.
 */
export function offersFile(zones: readonly string[]): string {
    const types = offered().map(({ name, capacity }) => ({
        name,
        architecture: "amd64",
        operatingSystems: ["linux"],
        resources: capacity,
        offerings: [...zones, strangeZone].flatMap((zone) =>
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
    const place = zone === strangeZone ? 0.5 : 1;
    const risk = kind === "spot" ? 0.4 : 1;
    return 0.05 * cores * burstable * size * place * risk;
}
