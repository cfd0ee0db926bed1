import type { CoreConfig } from "../../config/core";
import type { ClusterConfig } from "../cluster/types";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "../helm/config";
import type { NetworkConfig } from "../network/types";
import type { DatabaseConfig } from "./config";

/** The configuration that the database layer reads. */
export type LayerConfig = CoreConfig & ClusterConfig & CommonConfig & DatabaseConfig & HelmConfig & NetworkConfig;
