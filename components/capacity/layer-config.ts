import type { CoreConfig } from "../../config/core";
import type { CapacityConfig } from "./config";

/** The configuration that the capacity layer reads. */
export type LayerConfig = CoreConfig & CapacityConfig;
