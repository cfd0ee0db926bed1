import { workloads } from "../../../catalog/workloads";
import type { Workload, Workloads } from "../../../catalog/types";
import { createProgram } from "../../../components/program";
import { planStack } from "../../plan";
import { summarize } from "../../plan/report/summary";

/** Measurements per size, and the sizes in services. */
const [rounds = 1, ...sizes] = process.argv.slice(2).map(Number);

/** A catalogue of `count` services: copies of the shop's nine services, each calling the services of its own copy. */
function catalogue(count: number): Workloads {
    const shop: Workloads = workloads;
    const names = Object.keys(shop);
    const entries = Array.from({ length: count }, (_, index): [string, Workload] => {
        const name = names[index % names.length] ?? "";
        const copy = Math.floor(index / names.length);
        const rename = (called: string): string => (copy === 0 ? called : `${called}-${copy}`);
        const workload = shop[name];
        if (workload === undefined) {
            throw new Error(`${name} is not in the catalogue`);
        }
        const calls = { ...workload.calls, workloads: (workload.calls.workloads ?? []).map(rename) };
        return [rename(name), { ...workload, calls }];
    });
    return Object.fromEntries(entries);
}

/** CPU time of a plan without writing files, in milliseconds. */
async function time(count: number): Promise<number> {
    const program = createProgram({ workloads: catalogue(count) });
    globalThis.gc?.();
    const before = process.cpuUsage();
    summarize(await planStack({ stack: "prod", program }));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
}

async function main(): Promise<void> {
    const times = sizes.map((size) => ({ size, runs: [] as number[] }));
    // Warm-up: V8 optimizes during the first plans.
    for (const size of sizes) {
        await time(size);
    }
    for (let round = 0; round < rounds; round++) {
        for (const { size, runs } of times) {
            runs.push(await time(size));
        }
    }
    process.stdout.write(`${JSON.stringify(times)}\n`);
}

void main();
