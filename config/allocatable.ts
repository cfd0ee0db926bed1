import { type Machine, machineOf } from "./machines";
import type { Cloud } from "./schema";

/** Allocatable resources of a node: CPU in cores, memory and ephemeral storage in bytes, number of pods. */
export interface Allocatable {
    readonly cpu: number;
    readonly memory: number;
    readonly ephemeralStorage: number;
    readonly pods: number;
}

const mebi = 2 ** 20;
const gibi = 2 ** 30;

/** Sum over the tiers of `share` times the part of `amount` inside the tier; `width` is the size of a tier. */
function tiered(amount: number, tiers: readonly (readonly [width: number, share: number])[]): number {
    let rest = amount;
    return tiers.reduce((sum, [width, share]) => {
        const part = Math.min(rest, width);
        rest -= part;
        return sum + part * share;
    }, 0);
}

/** Cores reserved for system daemons; GKE and the EKS node bootstrap use the same tiers. */
function reservedCpu(cores: number): number {
    return tiered(cores, [
        [1, 0.06],
        [1, 0.01],
        [2, 0.005],
        [Infinity, 0.0025],
    ]);
}

/**
 * Allocatable resources of a GKE node.
 * Source: cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes, "Node allocatable resources": memory 25 % of
 * the first 4 GiB, 20 % of the next 4, 10 % of the next 8, 6 % of the next 112, 2 % above, and 100 MiB for eviction; CPU
 * 6 %, 1 %, 0.5 %, 0.25 %; boot disk the minimum of half, 6 GiB + 35 % and 100 GiB, and 10 % for eviction.
 */
export function gkeAllocatable({ vcpu, memoryGiB }: Machine, diskGiB: number, maxPods: number): Allocatable {
    const reservedMemory = tiered(memoryGiB, [
        [4, 0.25],
        [4, 0.2],
        [8, 0.1],
        [112, 0.06],
        [Infinity, 0.02],
    ]);
    const reservedDisk = Math.min(diskGiB / 2, 6 + 0.35 * diskGiB, 100);
    return {
        cpu: vcpu - reservedCpu(vcpu),
        memory: (memoryGiB - reservedMemory) * gibi - 100 * mebi,
        ephemeralStorage: (diskGiB - reservedDisk - 0.1 * diskGiB) * gibi,
        pods: maxPods,
    };
}

/**
 * Network interfaces of an instance type and IPv4 addresses of each, which limit its pods.
 * Source: docs.aws.amazon.com/ec2/latest/instancetypes, "Network specifications".
 */
const interfaces: Readonly<Record<string, readonly [interfaces: number, addresses: number]>> = {
    "m7i.large": [3, 10],
    "m7i.xlarge": [4, 15],
    "m7i.2xlarge": [4, 15],
    "m8i.large": [3, 10],
    "m8i.xlarge": [4, 15],
    "m8i.2xlarge": [4, 15],
    "m7a.xlarge": [4, 15],
    "m6a.xlarge": [4, 15],
    "m6i.xlarge": [4, 15],
    "m5.xlarge": [4, 15],
    "m5.2xlarge": [4, 15],
    "r7i.large": [3, 10],
    "r7i.xlarge": [4, 15],
    "r8i.large": [3, 10],
    "r8i.xlarge": [4, 15],
    "r5.large": [3, 10],
    "t3.large": [3, 12],
    "t3.xlarge": [4, 15],
};

/** Maximum pods of an EKS node: the secondary addresses of all interfaces, and two pods on the host network. */
export function eksMaxPods(machineType: string): number {
    const found = interfaces[machineType];
    if (found === undefined) {
        throw new Error(`config/allocatable.ts has no network interfaces for ${machineType}; add them`);
    }
    return found[0] * (found[1] - 1) + 2;
}

/**
 * Allocatable resources of an EKS node with the Amazon Linux 2023 image.
 * Source: github.com/awslabs/amazon-eks-ami, nodeadm, kubelet defaults: memory 255 MiB + 11 MiB a pod, CPU tiers, 1 GiB
 * of disk, eviction at 100 MiB and at 10 % of the disk. 7.5 % of the nominal memory is subtracted for hypervisor and
 * kernel, Karpenter's documented default (`VM_MEMORY_OVERHEAD_PERCENT`), because AWS publishes no figure.
 */
export function eksAllocatable({ vcpu, memoryGiB }: Machine, diskGiB: number, maxPods: number): Allocatable {
    return {
        cpu: vcpu - reservedCpu(vcpu),
        memory: memoryGiB * 0.925 * gibi - (255 + 11 * maxPods + 100) * mebi,
        ephemeralStorage: (diskGiB - 1 - 0.1 * diskGiB) * gibi,
        pods: maxPods,
    };
}

/** Disk of a node in GB, and pods of a GKE node, where only CPU and memory are of interest. */
const anyDisk = 100;
const gkePods = 110;

/** Allocatable resources of a machine type's node; undefined for one of unknown size, as on an existing cluster. */
export function allocatableOf(cloud: Cloud, machineType: string): Allocatable | undefined {
    const machine = machineOf(machineType);
    if (machine === undefined || cloud === "existing") {
        return undefined;
    }
    if (cloud === "gcp") {
        return gkeAllocatable(machine, anyDisk, gkePods);
    }
    // The platform takes every type that EKS offers, the table only has those of its defaults.
    return machineType in interfaces ? eksAllocatable(machine, anyDisk, eksMaxPods(machineType)) : undefined;
}
