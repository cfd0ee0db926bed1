import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "../helm/config";

/** The configuration that the nodes layer reads. */
export type LayerConfig = CoreConfig & CommonConfig & HelmConfig;
