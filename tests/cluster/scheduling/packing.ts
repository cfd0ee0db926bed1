import { podResources } from "../../../tools/plan/review/pod-resources";
import type { Snapshot } from "./snapshot";

/** Resource usage of a pool. */
export interface PoolUse {
    readonly pool: string;
    readonly nodes: number;
    readonly pods: number;
    /** Requested and allocatable cores. */
    readonly cpu: readonly [requested: number, allocatable: number];
    /** Requested and allocatable bytes. */
    readonly memory: readonly [requested: number, allocatable: number];
    /** Maximum number of pods on a node. */
    readonly maxPods: number;
    /** Minimum of free cores on a node: the maximum that the provider's agents may request on each node. */
    readonly minFreeCores: number;
}

/** Requests of the pods and allocatable resources of the nodes, by pool. */
export function packing({ nodes, pods }: Snapshot): PoolUse[] {
    return [...new Set(nodes.map(({ pool }) => pool))].sort().map((pool) => {
        const members = nodes.filter((node) => node.pool === pool);
        const placed = members.map(({ name }) => pods.filter(({ node }) => node === name));
        const requests = placed.flat().map(({ spec }) => podResources({ spec }));
        return {
            pool,
            nodes: members.length,
            pods: requests.length,
            cpu: [sum(requests.map(({ cpuRequest }) => cpuRequest)), sum(members.map(({ cpu }) => cpu))],
            memory: [sum(requests.map(({ memoryRequest }) => memoryRequest)), sum(members.map(({ memory }) => memory))],
            maxPods: Math.max(0, ...placed.map(({ length }) => length)),
            minFreeCores: Math.min(...members.map((node) => node.cpu - cpuOf(pods, node.name))),
        };
    });
}

/** The pools as lines of an aligned table. */
export function packingTable(uses: readonly PoolUse[]): string[] {
    const header = ["pool", "nodes", "pods", "cores", "", "GiB", "", "max pods/node", "min free cores"];
    const rows = uses.map(({ pool, nodes, pods, cpu, memory, maxPods, minFreeCores }) => [
        pool,
        String(nodes),
        String(pods),
        `${cpu[0].toFixed(1)}/${cpu[1].toFixed(1)}`,
        percent(cpu),
        `${gib(memory[0])}/${gib(memory[1])}`,
        percent(memory),
        String(maxPods),
        minFreeCores.toFixed(2),
    ]);
    const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
    return [header, ...rows].map((row) =>
        row
            .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
            .join("  "),
    );
}

/** Cores of a node that its pods request. */
export function cpuOf(pods: Snapshot["pods"], name: string): number {
    return sum(pods.filter(({ node }) => node === name).map(({ spec }) => podResources({ spec }).cpuRequest));
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}

function percent([requested, allocatable]: readonly [number, number]): string {
    return allocatable === 0 ? "-" : `${Math.round((100 * requested) / allocatable)} %`;
}

function gib(bytes: number): string {
    return (bytes / 2 ** 30).toFixed(1);
}
