import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { ServicesConfig } from "./config";

/** The configuration that the services layer reads. */
export type LayerConfig = CoreConfig & ServicesConfig & CommonConfig;
