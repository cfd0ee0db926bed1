import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "./config";

/** The configuration that a chart reads. */
export type LayerConfig = CoreConfig & HelmConfig & CommonConfig;
