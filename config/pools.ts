import type { PoolName, WorkloadPool } from "../catalog/types";
import { compactPools } from "./profiles";
import type { CoreSettings } from "./schema";
import { type PoolBounds, poolMachines, tiers } from "./tiers";

/** A node pool as it will be made. */
export interface PoolConfig {
    /** Nodes over all zones. */
    readonly min: number;
    readonly max: number;
    /** Machine type; empty on a cluster whose nodes are somebody else's. */
    readonly machineType: string;
    /** Memory encrypted while in use (CL-08). */
    readonly confidential: boolean;
    /** Zones that its nodes run in; none on an existing cluster. */
    readonly zones: readonly string[];
}

/** The pools that a stack has. */
export type NodePools = Readonly<Partial<Record<PoolName, PoolConfig>>>;

type StandardPool = WorkloadPool | "spot";

const poolNames: readonly StandardPool[] = ["app", "database", "cache", "payment", "spot"];

/** Machine type of a pool where the stack does not say: its generation's. */
function usualMachine({ cloud, nodePools: own }: CoreSettings, name: PoolName): string {
    return cloud === "existing" ? "" : poolMachines[cloud][own?.generation ?? "seed"][name];
}

/** Bounds of a pool where the stack does not say; undefined where there is no such pool. */
function poolBounds(settings: CoreSettings, name: StandardPool): PoolBounds | undefined {
    const tier = tiers[settings.tier];
    if (name === "spot") {
        // Asked for where the tier has none: a node a zone at most, as in staging.
        const asked = settings.nodePools?.spot?.enabled ?? tier.spotPool !== undefined;
        return asked ? (tier.spotPool ?? { min: 0, max: 3 }) : undefined;
    }
    return name === "payment" && settings.nodePools?.payment?.enabled === false ? undefined : tier.nodePools[name];
}

/** One node each, and each in a zone of its own: a volume finds the data node again, which is always in the same zone. */
function compactNodePools(settings: CoreSettings, zones: readonly string[]): NodePools {
    return Object.fromEntries(
        compactPools.map((name, index): [PoolName, PoolConfig] => {
            const machineType = usualMachine(settings, name);
            return [name, { min: 1, max: 1, machineType, confidential: false, zones: zones.slice(index, index + 1) }];
        }),
    );
}

/** The pools of a stack: its own settings over the tier's bounds and the generation's machines. */
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
            machineType: own?.machineType ?? usualMachine(settings, name),
            confidential: name === "payment" && (settings.nodePools?.payment?.confidential ?? tier.confidentialPayment),
            zones,
        };
    }
    return pools;
}
