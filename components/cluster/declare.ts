import type { PoolName } from "../../catalog/types";
import { allocatableOf } from "../../config/allocatable";
import type { PoolConfig } from "../../config/pools";
import type { Declaration, DeclareArgs } from "../layer";
import type { LayerConfig } from "./layer-config";

/** The node pools whose machines are known (CL-03 to CL-07). */
export function declareCluster({ config }: DeclareArgs<LayerConfig>): Declaration {
    const pools = Object.entries(config.nodePools) as readonly [PoolName, PoolConfig][];
    return {
        nodePools: pools.flatMap(([pool, { max, machineType }]) => {
            const allocatable = allocatableOf(config.cloud, machineType);
            return allocatable === undefined ? [] : [{ pool, max, allocatable }];
        }),
    };
}
