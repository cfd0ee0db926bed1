import type { SettingsOf } from "../config/compose";
import { layers } from "./platform";

export type { PlatformConfig } from "./platform";

/** The configuration of the platform: the keys that every layer needs, and each layer's keys. */
export const platformConfig = layers.configuration;

/** The settings of a stack file, as written. */
export type Settings = SettingsOf<typeof platformConfig.parts>;
