import type { CoreConfig } from "../../config/core";
import type { ClusterConfig } from "../cluster/types";
import type { CommonConfig } from "../common/config";
import type { NetworkConfig } from "../network/types";
import type { CacheConfig } from "./config";

/** The configuration that the cache layer reads. */
export type LayerConfig = CoreConfig & CommonConfig & CacheConfig & Pick<ClusterConfig, "cluster"> & NetworkConfig;
