import { replicasUnder, type Scenario, scenarios } from "../../../catalog/scenarios";
import { headroomName } from "../../../components/capacity/types";
import type { Declared, DeclaredNodePool, PodGroup } from "../../../components/layer";
import { quantity } from "../../../config/quantity";

/** A service that needs more pods than its autoscaler may create. */
export interface PodShortage {
    readonly service: string;
    readonly needed: number;
    readonly max: number;
}

/** The nodes of a pool that a scenario's pods need at least, by the sums of their requests. */
export interface PoolNeed {
    readonly pool: string;
    readonly nodes: number;
    readonly max: number;
}

/** What a load of the shop needs, and by how much it does not fit (AS-12). */
export interface ScenarioNeed {
    readonly scenario: Scenario;
    /** All pods but placeholders and jobs, with as many of each service as the load needs. */
    readonly pods: number;
    /** Cores. */
    readonly cpu: number;
    /** Bytes. */
    readonly memory: number;
    /** Services that their maximum limits; the sums count what they need. */
    readonly short: readonly PodShortage[];
    /** Pools whose node size is known, in the stack's order. */
    readonly pools: readonly PoolNeed[];
}

/** Pods of a group under a load. */
function podsUnder(scenario: Scenario, { min, load }: PodGroup["count"]): number {
    return load === undefined ? min : Math.max(min, replicasUnder(scenario, load.baseline, load));
}

interface Sum {
    readonly pods: number;
    readonly cpu: number;
    readonly memory: number;
}

function sumOf(groups: readonly (readonly [group: PodGroup, pods: number])[]): Sum {
    return groups.reduce(
        (sum, [{ resources }, pods]) => ({
            pods: sum.pods + pods,
            cpu: sum.cpu + quantity(resources.requests.cpu) * pods,
            memory: sum.memory + quantity(resources.requests.memory) * pods,
        }),
        { pods: 0, cpu: 0, memory: 0 },
    );
}

function nodesFor({ pods, cpu, memory }: Sum, { allocatable }: DeclaredNodePool): number {
    return Math.ceil(Math.max(cpu / allocatable.cpu, memory / allocatable.memory, pods / allocatable.pods) - 1e-9);
}

/** The needs of each scenario; none for a stack whose services do not follow the load. */
export function scenarioNeeds({ pods, nodePools }: Pick<Declared, "pods" | "nodePools">): ScenarioNeed[] {
    // Placeholders give way to pods of the shop, and the pods of jobs end.
    const groups = pods.filter(({ name, job = false }) => name !== headroomName && !job);
    if (!groups.some(({ count }) => count.load !== undefined)) {
        return [];
    }
    return scenarios.map((scenario) => {
        const counted = groups.map((group) => [group, podsUnder(scenario, group.count)] as const);
        return {
            scenario,
            ...sumOf(counted),
            short: counted
                .filter(([{ count }, needed]) => count.load !== undefined && needed > count.max)
                .map(([{ name, count }, needed]) => ({ service: name, needed, max: count.max })),
            pools: nodePools.map((pool) => ({
                pool: pool.pool,
                nodes: nodesFor(sumOf(counted.filter(([group]) => group.pool === pool.pool)), pool),
                max: pool.max,
            })),
        };
    });
}
