import type { PoolCapacity, PoolLoad } from "../review/capacity";
import type { Paint } from "./paint";

const columns = ["pods", "CPU requests", "limits", "memory requests", "limits"] as const;

/** The sum of requests and limits by node pool, with autoscalers at their minimum and at their maximum. */
export function capacityTable(pools: readonly PoolCapacity[], paint: Paint): string[] {
    if (pools.length === 0) {
        return ["Capacity: the plan has no pods"];
    }
    const body = pools.map(({ pool, baseline, peak }) => [pool, ...cells(baseline), ...cells(peak)]);
    const total = ["total", ...cells(sum(pools.map((p) => p.baseline))), ...cells(sum(pools.map((p) => p.peak)))];
    const rows = [["node pool", ...columns, ...columns], ...body, total];
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    const text = rows.map((row) => aligned(row, widths));
    const half = (widths[0] ?? 0) + columns.reduce((width, _, index) => width + 2 + (widths[index + 1] ?? 0), 0);
    const heading = `${"capacity".padEnd(widths[0] ?? 0)}  at minReplicas`.padEnd(half + 2) + "at maxReplicas";
    return [
        paint("bold", heading),
        paint("dim", text[0] ?? ""),
        ...text.slice(1),
        ...pools.filter(({ perNode }) => perNode.pods > 0).map(perNodeLine),
    ];
}

/** Cells of a row in columns: the first one to the left, the others to the right. */
export function aligned(row: readonly string[], widths: readonly number[]): string {
    return row
        .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
        .join("  ");
}

function cells({ pods, cpuRequest, cpuLimit, memoryRequest, memoryLimit }: PoolLoad): string[] {
    return [String(pods), cores(cpuRequest), cores(cpuLimit), memory(memoryRequest), memory(memoryLimit)];
}

function sum(loads: readonly PoolLoad[]): PoolLoad {
    return loads.reduce((a, b) => ({
        pods: a.pods + b.pods,
        cpuRequest: a.cpuRequest + b.cpuRequest,
        cpuLimit: a.cpuLimit + b.cpuLimit,
        memoryRequest: a.memoryRequest + b.memoryRequest,
        memoryLimit: a.memoryLimit + b.memoryLimit,
    }));
}

function perNodeLine({ pool, perNode }: PoolCapacity): string {
    const { pods, cpuRequest, memoryRequest } = perNode;
    return `On each node of ${pool} besides: ${pods} DaemonSet pods, ${cores(cpuRequest)} CPU, ${memory(memoryRequest)}`;
}

/** Cores with at most two decimals: `12.5`. */
export function cores(value: number): string {
    return trimmed(value.toFixed(2));
}

/** GiB with at most two decimals: `25.5Gi`. */
export function memory(bytes: number): string {
    return `${trimmed((bytes / 2 ** 30).toFixed(2))}Gi`;
}

function trimmed(number: string): string {
    return number.replace(/\.?0+$/, "");
}
