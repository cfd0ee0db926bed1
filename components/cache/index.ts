import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { chartPriorityClass } from "../helm";
import type { Layer } from "../layer";
import type { Network } from "../network/types";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { createBackup } from "./backup/create";
import { elastiCacheStores } from "./aws/stores";
import { cacheConfig } from "./config";
import { declareCaches } from "./declare";
import { memorystoreStores } from "./gcp/stores";
import type { LayerConfig } from "./layer-config";
import { memcachedStore } from "./memcached/store";
import type { Caches } from "./types";
import { valkeyStores } from "./valkey/stores";

/** What the layer needs of those before it. */
interface Needs {
    readonly network: Network | undefined;
    readonly cluster: Cluster;
    readonly addons: Addons;
    readonly certificates: Certificates;
    readonly security: Namespaces;
    readonly storage: Storage;
}

/** Valkey for sessions, carts and cached data, Memcached for the catalogue (CA-01 to CA-07). */
export const cache: Layer<"cache", LayerConfig, Needs, Caches, typeof cacheConfig> = {
    name: "cache",
    config: cacheConfig,
    declare: ({ config }) => declareCaches(config),
    create: (name, needed, opts) => {
        const { config, declared, network, cluster, addons, certificates, security: namespaces } = needed;
        const { "prometheus-operator-crds": crds } = addons.ready;
        const needs = [addons.priority, ...(crds === undefined ? [] : [crds])];
        const common = { config, issuer: certificates.internal, priorityClassName: chartPriorityClass, needs };
        const args = { config, declared, network, cluster, namespaces };
        const valkey = {
            valkey: () =>
                valkeyStores(
                    {
                        ...common,
                        declared,
                        namespaces,
                        backup: (instance, one) => {
                            createBackup(name, { ...needed, instance, valkey: one }, opts);
                        },
                    },
                    opts,
                ),
            memorystore: () => memorystoreStores("memorystore", args, opts),
            elasticache: () => elastiCacheStores("elasticache", args, opts),
        };
        const stores = valkey[config.cache.kind]();
        return { ...stores, memcached: memcachedStore({ ...common, namespace: namespaces.cache }, opts) };
    },
    storesOf: (stores) => ({ ...stores }),
};
