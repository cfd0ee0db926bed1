import type { CoreConfig } from "../../config/core";
import type { ClusterConfig } from "../cluster/types";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "../helm/config";
import type { NetworkConfig } from "../network/types";
import type { SearchConfig } from "./config";

/** The configuration that the search layer reads. */
export type LayerConfig = CoreConfig & ClusterConfig & CommonConfig & HelmConfig & NetworkConfig & SearchConfig;
