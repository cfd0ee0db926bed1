import { podResources } from "../../../tools/plan/review/pod-resources";
import type { Snapshot } from "./snapshot";

/** How full a pool is. */
export interface PoolUse {
    readonly pool: string;
    readonly nodes: number;
    readonly pods: number;
    /** Cores asked for, and allocatable. */
    readonly cpu: readonly [used: number, of: number];
    /** Bytes asked for, and allocatable. */
    readonly memory: readonly [used: number, of: number];
    /** Pods of its fullest node. */
    readonly fullest: number;
    /** Cores that its fullest node has left: what a provider's own agents may ask for on each node at the most. */
    readonly leastFree: number;
}

/** What the pods of each pool ask for, of what its nodes have. */
export function packing({ nodes, pods }: Snapshot): PoolUse[] {
    return [...new Set(nodes.map(({ pool }) => pool))].sort().map((pool) => {
        const members = nodes.filter((node) => node.pool === pool);
        const placed = members.map(({ name }) => pods.filter(({ node }) => node === name));
        const asked = placed.flat().map(({ spec }) => podResources({ spec }));
        return {
            pool,
            nodes: members.length,
            pods: asked.length,
            cpu: [sum(asked.map(({ cpuRequest }) => cpuRequest)), sum(members.map(({ cpu }) => cpu))],
            memory: [sum(asked.map(({ memoryRequest }) => memoryRequest)), sum(members.map(({ memory }) => memory))],
            fullest: Math.max(0, ...placed.map(({ length }) => length)),
            leastFree: Math.min(...members.map((node) => node.cpu - cpuOf(pods, node.name))),
        };
    });
}

/** A line a pool, in columns. */
export function packingTable(uses: readonly PoolUse[]): string[] {
    const header = ["pool", "nodes", "pods", "cores", "", "GiB", "", "most pods a node", "least cores left"];
    const rows = uses.map(({ pool, nodes, pods, cpu, memory, fullest, leastFree }) => [
        pool,
        String(nodes),
        String(pods),
        `${cpu[0].toFixed(1)}/${cpu[1].toFixed(1)}`,
        percent(cpu),
        `${gib(memory[0])}/${gib(memory[1])}`,
        percent(memory),
        String(fullest),
        leastFree.toFixed(2),
    ]);
    const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
    return [header, ...rows].map((row) =>
        row
            .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
            .join("  "),
    );
}

function cpuOf(pods: Snapshot["pods"], name: string): number {
    return sum(pods.filter(({ node }) => node === name).map(({ spec }) => podResources({ spec }).cpuRequest));
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}

function percent([used, of]: readonly [number, number]): string {
    return of === 0 ? "-" : `${Math.round((100 * used) / of)} %`;
}

function gib(bytes: number): string {
    return (bytes / 2 ** 30).toFixed(1);
}
