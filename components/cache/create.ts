import type * as pulumi from "@pulumi/pulumi";

import type { Addons } from "../addons/types";
import type { Certificates } from "../certificates/types";
import type { Cluster } from "../cluster/types";
import { PrometheusRules } from "../common/prometheus-rules";
import { chartPriorityClass } from "../helm";
import type { LayerArgs } from "../layer";
import type { Network } from "../network/types";
import type { Namespaces } from "../security/types";
import type { Storage } from "../storage/types";
import { elastiCacheStores } from "./aws/stores";
import { createBackup } from "./backup/create";
import { memorystoreStores } from "./gcp/stores";
import type { LayerConfig } from "./layer-config";
import { memcachedStore } from "./memcached/store";
import { cacheRuleGroups } from "./rules";
import type { Caches } from "./types";
import { valkeyStores } from "./valkey/stores";

/** The interfaces of earlier layers that the caches need. */
export interface CacheNeeds {
    readonly network: Network | undefined;
    readonly cluster: Cluster;
    readonly addons: Addons;
    readonly certificates: Certificates;
    readonly security: Namespaces;
    readonly storage: Storage;
}

/** Creates Valkey, or a cloud's, and Memcached, with their rules. */
export function createCaches(
    name: string,
    needed: LayerArgs<LayerConfig> & CacheNeeds,
    opts: pulumi.ComponentResourceOptions,
): Caches {
    const { config, declared, network, cluster, addons, certificates, security: namespaces } = needed;
    const { "prometheus-operator-crds": crds } = addons.ready;
    const monitoring = crds === undefined ? [] : [crds];
    const needs = [addons.priority, ...monitoring];
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
    const memcached = memcachedStore({ ...common, namespace: namespaces.cache }, opts);
    const groups = cacheRuleGroups(config);
    new PrometheusRules(
        `${name}-rules`,
        { component: "cache", ruleName: "caches", namespace: namespaces.cache, groups, needs: monitoring },
        opts,
    );
    return { ...stores, memcached };
}
