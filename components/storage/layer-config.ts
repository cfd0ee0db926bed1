import type { CoreConfig } from "../../config/core";
import type { ClusterConfig } from "../cluster/types";
import type { CommonConfig } from "../common/config";
import type { StorageConfig } from "./config";

/** The configuration that the storage layer reads. */
export type LayerConfig = CoreConfig & CommonConfig & StorageConfig & ClusterConfig;
