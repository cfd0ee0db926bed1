import type { SettingsOf } from "../config/compose";
import { layers } from "./platform";

export type { PlatformConfig } from "./platform";

/** The configuration of the platform: the keys that every layer needs, and those of each layer. */
export const platformConfig = layers.configuration;

/** A stack file's keys as written. */
export type Settings = SettingsOf<typeof platformConfig.parts>;
