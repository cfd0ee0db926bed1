import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { NetworkConfig } from "../network/types";
import type { ClusterConfig } from "./config";

/** The configuration that the cluster layer reads. */
export type LayerConfig = CoreConfig & CommonConfig & ClusterConfig & NetworkConfig;
