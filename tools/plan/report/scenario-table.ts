import type { ScenarioNeed } from "../review/scenarios";
import { aligned, cores, memory } from "./capacity-table";
import type { Paint } from "./paint";

const columns = ["load", "users", "requests/s", "pods", "CPU requests", "memory requests", "nodes at least"] as const;

/** The scenarios with their pods, requests and nodes, and what does not fit (AS-12). */
export function scenarioTable(needs: readonly ScenarioNeed[], paint: Paint): string[] {
    const rows = needs.map(({ scenario, pods, cpu, memory: bytes, pools }) => [
        scenario.name,
        String(scenario.users),
        String(scenario.requestsPerSecond),
        String(pods),
        cores(cpu),
        memory(bytes),
        pools
            .filter(({ nodes }) => nodes > 0)
            .map(({ pool, nodes }) => `${pool} ${nodes}`)
            .join(", "),
    ]);
    const widths = columns.map((column, index) =>
        Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)),
    );
    const [head = "", ...body] = [[...columns], ...rows].map((row) => aligned(row, widths));
    return [paint("bold", head), ...body, ...needs.flatMap((need) => shortages(need, paint))];
}

function shortages({ scenario, short, pools }: ScenarioNeed, paint: Paint): string[] {
    const limited = short.map(({ service, needed, max }) => `${service} ${needed} pods (maximum ${max})`);
    const full = pools
        .filter(({ nodes, max }) => nodes > max)
        .map(({ pool, nodes, max }) => `${nodes} ${pool} nodes (maximum ${max})`);
    const all = [...limited, ...full];
    return all.length === 0 ? [] : [`${paint("yellow", `does not fit: ${scenario.name}`)}  needs ${all.join(", ")}`];
}
