import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";

/** The configuration that the security layer reads. */
export type LayerConfig = CoreConfig & CommonConfig;
