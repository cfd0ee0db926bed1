import type { PoolName, WorkloadPool } from "../catalog/types";
import { compactPools } from "./profiles";
import type { CoreSettings } from "./schema";
import { type PoolBounds, poolMachines, tiers } from "./tiers";

/** The resolved settings of a node pool. */
export interface PoolConfig {
    /** Number of nodes in all zones together. */
    readonly min: number;
    readonly max: number;
    /** Machine type; empty on an existing cluster. */
    readonly machineType: string;
    /** Memory is encrypted while in use (CL-08). */
    readonly confidential: boolean;
    /** Zones of the nodes; empty on an existing cluster. */
    readonly zones: readonly string[];
}

/** The pools that a stack has. */
export type NodePools = Readonly<Partial<Record<PoolName, PoolConfig>>>;

type StandardPool = WorkloadPool | "spot";

const poolNames: readonly StandardPool[] = ["app", "database", "cache", "payment", "spot"];

/** Default machine type of a pool: its generation's. */
function defaultMachine({ cloud, nodePools: own }: CoreSettings, name: PoolName): string {
    return cloud === "existing" ? "" : poolMachines[cloud][own?.generation ?? "seed"][name];
}

/** Default bounds of a pool; undefined if the stack does not have the pool. */
function poolBounds(settings: CoreSettings, name: StandardPool): PoolBounds | undefined {
    const tier = tiers[settings.tier];
    if (name === "spot") {
        // If the stack enables it in a tier without one: at most one node per zone, as in staging.
        const enabled = settings.nodePools?.spot?.enabled ?? tier.spotPool !== undefined;
        return enabled ? (tier.spotPool ?? { min: 0, max: 3 }) : undefined;
    }
    return name === "payment" && settings.nodePools?.payment?.enabled === false ? undefined : tier.nodePools[name];
}

/** One node per pool, each in its own zone: the data node stays in the zone of its volumes. */
function compactNodePools(settings: CoreSettings, zones: readonly string[]): NodePools {
    return Object.fromEntries(
        compactPools.map((name, index): [PoolName, PoolConfig] => {
            const machineType = defaultMachine(settings, name);
            return [name, { min: 1, max: 1, machineType, confidential: false, zones: zones.slice(index, index + 1) }];
        }),
    );
}

/** The pools of a stack. Its settings override the tier's bounds and the generation's machine types. */
export function nodePools(settings: CoreSettings, zones: readonly string[]): NodePools {
    if (settings.nodePools?.profile === "compact") {
        return compactNodePools(settings, zones);
    }
    const tier = tiers[settings.tier];
    const pools: Partial<Record<PoolName, PoolConfig>> = {};
    for (const name of poolNames) {
        const bounds = poolBounds(settings, name);
        if (bounds === undefined) {
            continue;
        }
        const own = settings.nodePools?.[name];
        pools[name] = {
            min: own?.min ?? bounds.min,
            max: own?.max ?? bounds.max,
            machineType: own?.machineType ?? defaultMachine(settings, name),
            confidential: name === "payment" && (settings.nodePools?.payment?.confidential ?? tier.confidentialPayment),
            zones,
        };
    }
    return pools;
}
