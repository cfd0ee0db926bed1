import type { Layer } from "../layer";
import { cacheConfig } from "./config";
import { type CacheNeeds, createCaches } from "./create";
import { declareCaches } from "./declare";
import type { LayerConfig } from "./layer-config";
import type { Caches } from "./types";

/** Valkey for sessions, carts and cached data, Memcached for the catalogue (CA-01 to CA-07, CA-10). */
export const cache: Layer<"cache", LayerConfig, CacheNeeds, Caches, typeof cacheConfig> = {
    name: "cache",
    config: cacheConfig,
    declare: ({ config }) => declareCaches(config),
    create: createCaches,
    storesOf: (stores) => ({ ...stores }),
};
