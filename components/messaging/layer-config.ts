import type { CoreConfig } from "../../config/core";
import type { CommonConfig } from "../common/config";
import type { HelmConfig } from "../helm/config";
import type { MessagingConfig } from "./config";

/** The configuration that the messaging layer reads. */
export type LayerConfig = CoreConfig & CommonConfig & HelmConfig & MessagingConfig;
