import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { NetworkConfig } from "./config";

/** The configuration that the network layer reads. */
export type LayerConfig = CoreConfig & CommonConfig & NetworkConfig;
