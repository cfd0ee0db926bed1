import type { CoreConfig } from "../../config/core";
import type { ClusterConfig } from "../cluster/types";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "../helm/config";
import type { DocumentsConfig } from "./config";

/** The configuration that the documents layer reads. */
export type LayerConfig = CoreConfig & ClusterConfig & CommonConfig & DocumentsConfig & HelmConfig;
