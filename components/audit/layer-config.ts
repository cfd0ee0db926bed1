import type { CoreConfig } from "../../config/core";
import type { ClusterConfig } from "../cluster/types";
import type { CommonConfig } from "../common/config";
import type { NetworkConfig } from "../network/types";
import type { StorageConfig } from "../storage/types";
import type { AuditConfig } from "./config";

/** The configuration that the audit layer reads. */
export type LayerConfig = CoreConfig & AuditConfig & ClusterConfig & CommonConfig & NetworkConfig & StorageConfig;
