import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "../helm/config";
import type { AddonsConfig } from "./config";

/** The configuration that the addons layer reads. */
export type LayerConfig = CoreConfig & AddonsConfig & CommonConfig & HelmConfig;
