import { composeConfig, type ConfigOf, type SettingsOf } from "../config/compose";
import { addonsConfig } from "./addons/config";
import { auditConfig } from "./audit/config";
import { capacityConfig } from "./capacity/config";
import { clusterConfig } from "./cluster/config";
import { networkConfig } from "./network/config";
import { servicesConfig } from "./services/config";
import { storageConfig } from "./storage/config";

/** What each layer contributes, in the order of the documents. */
const parts = [
    networkConfig,
    clusterConfig,
    storageConfig,
    auditConfig,
    addonsConfig,
    capacityConfig,
    servicesConfig,
] as const;

/** A stack file's keys as written. */
export type Settings = SettingsOf<typeof parts>;

/** A stack's settings with the tier's defaults filled in: what the layers read. */
export type PlatformConfig = ConfigOf<typeof parts>;

/** The configuration of the platform: the keys that every layer needs, and those of each layer. */
export const platformConfig = composeConfig(parts);
