import { homePool } from "../../config/profiles";
import { selectorLabels } from "../common/labels";
import type { Declaration, Destination, PodGroup, PodSelector } from "../layer";
import { backupCallers, backupGroups, backupImages } from "./backup/declare";
import { cacheImages } from "./images";
import {
    endpoints,
    endpointsOf,
    helperResources,
    type Instance,
    instancesOf,
    namespace,
    podResources,
    ports,
} from "./instances";
import type { LayerConfig } from "./layer-config";

/** Name of the Job that waits until a cluster is formed. */
export function formedName(instance: string): string {
    return `${instance}-formed`;
}

function common(name: string, config: LayerConfig) {
    return {
        name,
        namespace,
        labels: selectorLabels(name),
        app: { name, component: "cache" },
        source: "object",
        pool: config.dedicatedPools ? homePool(config.profile, { namespace, pool: "cache" }) : "app",
        spread: config.spread,
    } as const;
}

/** A replica of the stack runs no pods until it is promoted (CL-18). */
function countOf(config: LayerConfig, pods: number): PodGroup["count"] {
    const count = config.role === "replica" ? 0 : pods;
    return { min: count, max: count, surge: 0 };
}

function valkeyGroups(instance: Instance, config: LayerConfig): PodGroup[] {
    const { name, shards, replicasPerShard } = instance;
    const pods: PodSelector = { namespace, labels: endpoints[name].podLabels };
    const job: PodSelector = { namespace, labels: selectorLabels(formedName(name)) };
    const bus: Destination = { pods, port: ports.bus };
    const members: PodGroup = {
        ...common(name, config),
        count: countOf(config, shards * (replicasPerShard + 1)),
        resources: podResources(instance.memory, 2),
        callers: [
            { callersOf: name },
            { pods, port: ports.valkey },
            { pods, port: ports.bus },
            { pods: job, port: ports.valkey },
            { metrics: ports.valkeyMetrics },
            ...backupCallers(config, name),
        ],
        calls: ["dns", { pods, port: ports.valkey }, bus],
    };
    const formed: PodGroup = {
        ...common(formedName(name), config),
        count: { min: 0, max: config.role === "replica" ? 0 : 1, surge: 0 },
        job: true,
        resources: helperResources,
        spread: "preferred",
        callers: [],
        calls: ["dns", { pods, port: ports.valkey }],
    };
    return [members, formed];
}

function memcachedGroup(config: LayerConfig): PodGroup {
    return {
        ...common("memcached", config),
        count: countOf(config, config.cache.memcached.replicas),
        resources: podResources(config.cache.memcached.memory, 1),
        callers: [{ callersOf: "memcached" }, { metrics: ports.memcachedMetrics }],
        calls: [],
    };
}

/** The pods, images and stores of the layer (CA-01, CA-02). Managed clusters have no pods. */
export function declareCaches(config: LayerConfig): Declaration {
    const { memcached, memcachedExporter } = cacheImages;
    const inCluster = config.cache.kind === "valkey";
    const images = inCluster ? Object.values(cacheImages) : [memcached, memcachedExporter];
    const clusters = inCluster ? instancesOf(config).flatMap((instance) => valkeyGroups(instance, config)) : [];
    return {
        images: [...images, ...backupImages(config)].map((image) => ({ image })),
        pods: [...clusters, memcachedGroup(config), ...backupGroups(config)],
        stores: endpointsOf(config),
    };
}
