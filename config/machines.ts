import type { Cloud } from "./schema";

/** The size and memory encryption of a machine type. */
export interface Machine {
    readonly vcpu: number;
    readonly memoryGiB: number;
    /** Encryption of memory in use: not available, an option, or always on (CL-08). */
    readonly memoryEncryption: "none" | "confidential" | "always-on";
}

function machine(vcpu: number, memoryGiB: number, memoryEncryption: Machine["memoryEncryption"] = "none"): Machine {
    return { vcpu, memoryGiB, memoryEncryption };
}

/**
 * Machine types by cloud, with the vendors' sizes. A stack can use only these, so that the plan's capacity table has the
 * size of every node (CL-04 to CL-08).
 */
export const machines: Readonly<Record<"gcp" | "aws", Readonly<Record<string, Machine>>>> = {
    gcp: {
        "e2-standard-2": machine(2, 8),
        "e2-standard-4": machine(4, 16),
        "e2-standard-8": machine(8, 32),
        "c2-standard-4": machine(4, 16),
        "c2-standard-8": machine(8, 32),
        "c2-standard-16": machine(16, 64),
        "n2-highmem-2": machine(2, 16),
        "n2-highmem-4": machine(4, 32),
        "n2-standard-4": machine(4, 16),
        "n2d-standard-2": machine(2, 8, "confidential"),
        "n2d-standard-4": machine(4, 16, "confidential"),
        "n2d-standard-8": machine(8, 32, "confidential"),
        "c2d-standard-4": machine(4, 16, "confidential"),
        "c3-standard-4": machine(4, 16, "confidential"),
        "c3-standard-8": machine(8, 32, "confidential"),
        "c3d-standard-4": machine(4, 16, "confidential"),
        "c4-standard-4": machine(4, 15),
        "c4-standard-8": machine(8, 30),
        "n4-standard-2": machine(2, 8),
        "n4-standard-4": machine(4, 16),
        "n4-standard-8": machine(8, 32),
        "n4-highmem-2": machine(2, 16),
        "n4-highmem-4": machine(4, 32),
    },
    aws: {
        "m7i.large": machine(2, 8, "always-on"),
        "m7i.xlarge": machine(4, 16, "always-on"),
        "m7i.2xlarge": machine(8, 32, "always-on"),
        "m8i.large": machine(2, 8, "always-on"),
        "m8i.xlarge": machine(4, 16, "always-on"),
        "m8i.2xlarge": machine(8, 32, "always-on"),
        "m7a.xlarge": machine(4, 16, "always-on"),
        "m6a.xlarge": machine(4, 16, "always-on"),
        "m6i.xlarge": machine(4, 16, "always-on"),
        "m5.xlarge": machine(4, 16),
        "m5.2xlarge": machine(8, 32),
        "r7i.large": machine(2, 16, "always-on"),
        "r7i.xlarge": machine(4, 32, "always-on"),
        "r8i.large": machine(2, 16, "always-on"),
        "r8i.xlarge": machine(4, 32, "always-on"),
        "r5.large": machine(2, 16),
        "t3.large": machine(2, 8),
        "t3.xlarge": machine(4, 16),
    },
};

/** A machine type of any cloud; undefined for types that are not listed, for example nodes of an existing cluster. */
export function machineOf(machineType: string): Machine | undefined {
    return Object.values(machines).flatMap((types) => types[machineType] ?? [])[0];
}

/**
 * Platforms of a cloud's nodes, as image lists name them: every machine type above has an x86 processor, and Karpenter's
 * pools require one. Unknown on an existing cluster.
 */
export function nodePlatforms(cloud: Cloud): readonly string[] {
    return cloud === "existing" ? [] : ["linux/amd64"];
}

/** Burstable families, which sustain only a fraction of their vCPUs. */
const burstable = /^t\d/;

/**
 * The machine types of a cloud with the same vCPU and memory as `type`, which comes first. They are alternatives when the
 * cloud has no capacity for `type`. Burstable types are no alternatives.
 */
export function equalMachines(cloud: "gcp" | "aws", type: string): string[] {
    const wanted = machines[cloud][type];
    const others = Object.entries(machines[cloud])
        .filter(
            ([other, size]) =>
                other !== type &&
                !burstable.test(other) &&
                wanted !== undefined &&
                size.vcpu === wanted.vcpu &&
                size.memoryGiB === wanted.memoryGiB,
        )
        .map(([other]) => other);
    return [type, ...others];
}
