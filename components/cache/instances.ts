import type { ClusterEndpoint, OutsideEndpoint, StoreEndpoint } from "../../catalog/stores";
import { cpuQuantity, memoryQuantity, quantity } from "../../config/quantity";
import type { Resources } from "../layer";
import { placeOf } from "./config-size";
import type { LayerConfig } from "./layer-config";

/** Ports of the caches' pods. */
export const ports = {
    valkey: 6379,
    /** Valkey's members among themselves; always 10000 above the port of clients. */
    bus: 16379,
    valkeyMetrics: 9121,
    memcached: 11211,
    /** Without TLS, on the pod's loopback interface only. */
    memcachedLocal: 11212,
    memcachedMetrics: 9150,
} as const;

/** The namespace of the caches. */
export const namespace = "cache";

/** Data that must not be evicted and data that may be are in separate stores (CA-01, CA-02, CA-06). */
export const endpoints = {
    "valkey-state": endpoint("valkey-state", ports.valkey),
    "valkey-cache": endpoint("valkey-cache", ports.valkey),
    memcached: endpoint("memcached", ports.memcached),
} as const;

function endpoint(service: string, port: number): ClusterEndpoint {
    return { kind: "cluster", namespace, service, port, podLabels: { "app.kubernetes.io/name": service } };
}

export type InstanceName = "valkey-state" | "valkey-cache";

/** Where the stores answer, by what runs them; Memcached's pods stay in the cluster. */
const endpointsByKind: Readonly<
    Record<LayerConfig["cache"]["kind"], (config: Pick<LayerConfig, "network">) => Pick<Endpoints, InstanceName>>
> = {
    valkey: () => endpoints,
    memorystore: ({ network }) =>
        outside({
            range: network.nodes,
            // https://docs.cloud.google.com/memorystore/docs/valkey/connect-instance, "Allow ports on your firewall"
            nodePorts: [11000, 13047],
            // Callers authenticate by IAM.
            cloudIdentity: true,
        }),
    elasticache: ({ network }) => outside({ range: network.nodes }),
};

type Endpoints = Readonly<Record<InstanceName, StoreEndpoint>> & { readonly memcached: ClusterEndpoint };

/** Addresses of managed clusters are those of the VPC's subnets of nodes. */
function outside(own: Omit<OutsideEndpoint, "kind" | "port">): Pick<Endpoints, InstanceName> {
    const one = { kind: "outside", port: ports.valkey, ...own } as const;
    return { "valkey-state": one, "valkey-cache": one };
}

/** The stores of a stack. */
export function endpointsOf(config: Pick<LayerConfig, "cache" | "network">): Endpoints {
    return { ...endpointsByKind[config.cache.kind](config), memcached: endpoints.memcached };
}

/** A Valkey cluster. */
export interface Instance {
    readonly name: InstanceName;
    readonly shards: number;
    readonly replicasPerShard: number;
    /** Memory of each Valkey process. */
    readonly memory: string;
    /** `noeviction` keeps every key and refuses writes when memory is full (CA-06). */
    readonly eviction: "noeviction" | "allkeys-lru";
    /** Whether each write goes to a file; otherwise a restarted member starts empty or from another. */
    readonly appendOnly: boolean;
}

/** One pod of a Valkey cluster. */
export interface Member {
    readonly shard: number;
    /** 0 is the master where nothing has failed. */
    readonly member: number;
    /** Name of its StatefulSet, which has one pod. */
    readonly name: string;
    /** Its DNS name. */
    readonly host: string;
    /** Pods of one place share a zone; places never do. */
    readonly place: number;
}

/** The two Valkey clusters of a stack (X30). */
export function instancesOf({ cache }: Pick<LayerConfig, "cache">): readonly Instance[] {
    const { shards, replicasPerShard, stateMemory, cacheMemory } = cache;
    const shape = { shards, replicasPerShard };
    return [
        { name: "valkey-state", ...shape, memory: stateMemory, eviction: "noeviction", appendOnly: true },
        { name: "valkey-cache", ...shape, memory: cacheMemory, eviction: "allkeys-lru", appendOnly: false },
    ];
}

/** The cluster that is copied to the bucket: what the other one has can be read from the database again (BK-06). */
export const copied: InstanceName = "valkey-state";

/** Whether a cluster is copied to the bucket. */
export function hasBackup({ cache }: Pick<LayerConfig, "cache">, instance: InstanceName): boolean {
    return cache.backup.enabled && instance === copied;
}

/** The headless Service that gives each pod its DNS name. */
export function nodesService(name: string): string {
    return `${name}-nodes`;
}

/** DNS name of a StatefulSet's pod. */
export function podHost(service: string, pod: string): string {
    return `${pod}.${nodesService(service)}.${namespace}.svc.cluster.local`;
}

/** The members of a cluster; the homes of all masters first, in the order in which they are created. */
export function membersOf({ name, shards, replicasPerShard }: Instance): readonly Member[] {
    return Array.from({ length: replicasPerShard + 1 }, (_, member) => member).flatMap((member) =>
        Array.from({ length: shards }, (_, shard): Member => {
            const set = `${name}-${shard}-${String.fromCharCode("a".charCodeAt(0) + member)}`;
            return { shard, member, name: set, host: podHost(name, `${set}-0`), place: placeOf(shard, member) };
        }),
    );
}

/** First and last of the slots of a shard, of the 16,384 that every cluster has. */
export function slotsOf(shard: number, shards: number): readonly [first: number, last: number] {
    return [Math.floor((shard * 16384) / shards), Math.floor(((shard + 1) * 16384) / shards) - 1];
}

/** Addresses of Memcached's pods; clients hash keys over this list. */
export function memcachedHosts({ cache }: Pick<LayerConfig, "cache">): readonly string[] {
    return Array.from({ length: cache.memcached.replicas }, (_, index) => podHost("memcached", `memcached-${index}`));
}

/** A container beside the store: what it watches or measures costs little. */
export const helperResources: Resources = {
    requests: { cpu: "10m", memory: "32Mi" },
    limits: { cpu: "100m", memory: "64Mi" },
};

/** The resources of a store's process. Memory is not overcommitted: a store that the kernel kills loses its data. */
export function storeResources(memory: string): Resources {
    return { requests: { cpu: "150m", memory }, limits: { cpu: "1", memory } };
}

/** The resources of a pod with this many containers beside the store's. */
export function podResources(memory: string, helpers: number): Resources {
    const sum = (side: keyof Resources, kind: "cpu" | "memory"): number =>
        quantity(storeResources(memory)[side][kind]) + helpers * quantity(helperResources[side][kind]);
    const of = (side: keyof Resources) => ({
        cpu: cpuQuantity(sum(side, "cpu")),
        memory: memoryQuantity(sum(side, "memory")),
    });
    return { requests: of("requests"), limits: of("limits") };
}
