import type { PoolName } from "../catalog/types";
import type { Cloud, ServiceSettings, Settings, Tier } from "./schema";
import { networkDefaults, placements, poolMachines, type TierDefaults, tiers } from "./tiers";

/** A node pool as it will be made. */
export interface PoolConfig {
    /** Nodes over all zones. */
    readonly min: number;
    readonly max: number;
    /** Machine type; empty on a cluster whose nodes are somebody else's. */
    readonly machineType: string;
    /** Memory encrypted while in use (CL-08). */
    readonly confidential: boolean;
}

/** A stack's settings with the tier's defaults filled in: what the layers read. */
export interface PlatformConfig {
    readonly stack: string;
    readonly tier: Tier;
    readonly cloud: Cloud;
    readonly domain: string;
    /** GCP project id or AWS account id; empty on an existing cluster. */
    readonly account: string;
    /** Empty on an existing cluster. */
    readonly region: string;
    /** Three zones; none on an existing cluster, where the nodes say. */
    readonly zones: readonly string[];
    readonly existing: {
        readonly kubeconfig: string | undefined;
        readonly context: string | undefined;
        /** Driver of the storage classes on a cluster that is somebody else's. */
        readonly storageProvisioner: string;
    };
    /** Whether nodes carry the pools' labels and taints. */
    readonly dedicatedPools: boolean;
    readonly network: {
        readonly nodes: string;
        readonly pods: string;
        readonly services: string;
        readonly controlPlane: string;
        readonly natPerZone: boolean;
    };
    readonly cluster: {
        readonly authorizedNetworks: readonly string[];
        readonly privateEndpoint: boolean;
        /** Five cron fields, UTC. */
        readonly maintenanceWindow: string;
        readonly deletionProtection: boolean;
    };
    readonly nodePools: Readonly<Partial<Record<PoolName, PoolConfig>>>;
    readonly replicas: TierDefaults["replicas"];
    readonly resources: TierDefaults["resources"];
    readonly spread: TierDefaults["spread"];
    readonly services: Readonly<Record<string, ServiceSettings>>;
}

const poolNames: readonly PoolName[] = ["app", "database", "cache", "payment"];

function nodePools(settings: Settings): PlatformConfig["nodePools"] {
    const tier = tiers[settings.tier];
    const pools: Partial<Record<PoolName, PoolConfig>> = {};
    for (const name of poolNames) {
        if (name === "payment" && settings.nodePools?.payment?.enabled === false) {
            continue;
        }
        const own = settings.nodePools?.[name];
        const machineType = settings.cloud === "existing" ? "" : poolMachines[settings.cloud][name];
        pools[name] = {
            min: own?.min ?? tier.nodePools[name].min,
            max: own?.max ?? tier.nodePools[name].max,
            machineType: own?.machineType ?? machineType,
            confidential: name === "payment" && (settings.nodePools?.payment?.confidential ?? tier.confidentialPayment),
        };
    }
    return pools;
}

function placement(settings: Settings): Pick<PlatformConfig, "account" | "region" | "zones"> {
    if (settings.cloud === "existing") {
        return { account: "", region: "", zones: [] };
    }
    const own = settings[settings.cloud];
    const fallback = placements[settings.cloud];
    const account = settings.cloud === "gcp" ? settings.gcp?.project : settings.aws?.accountId;
    return { account: account ?? "", region: own?.region ?? fallback.region, zones: own?.zones ?? fallback.zones };
}

/** Fills a stack's settings up from its tier. Pure; assumes settings that the schema took. */
export function resolve(stack: string, settings: Settings): PlatformConfig {
    const tier = tiers[settings.tier];
    return {
        stack,
        tier: settings.tier,
        cloud: settings.cloud,
        domain: settings.domain,
        ...placement(settings),
        existing: {
            kubeconfig: settings.existing?.kubeconfig,
            context: settings.existing?.context,
            // What kind brings along.
            storageProvisioner: settings.existing?.storageProvisioner ?? "rancher.io/local-path",
        },
        dedicatedPools: settings.cloud !== "existing" || (settings.existing?.dedicatedPools ?? true),
        network: { ...networkDefaults[settings.cloud], ...defined(settings.network), natPerZone: tier.natPerZone },
        cluster: {
            authorizedNetworks: settings.cluster?.authorizedNetworks ?? [],
            privateEndpoint: settings.cluster?.privateEndpoint ?? tier.privateEndpoint,
            // Saturday night: the shop's quietest hours.
            maintenanceWindow: settings.cluster?.maintenanceWindow ?? "0 3 * * 6",
            deletionProtection: tier.deletionProtection,
        },
        nodePools: nodePools(settings),
        replicas: tier.replicas,
        resources: { ...tier.resources, ...defined(settings.resources) },
        spread: settings.scheduling?.spread ?? tier.spread,
        services: settings.services ?? {},
    };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Drops keys without a value, so that a spread does not undo a default. */
function defined<T extends object>(value: T | undefined): Defined<T> {
    return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as Defined<T>;
}

/** Bounds of a workload's replicas in an environment (AS-01 to AS-04, EN-01 to EN-03). */
export interface ReplicaBounds {
    readonly min: number;
    readonly max: number;
}

/**
 * How many replicas a workload has: the catalogue's bounds in prod, the tier's number elsewhere, the stack's own
 * settings over both. Without an autoscaler both ends are the same.
 */
export function replicaBounds(
    config: Pick<PlatformConfig, "replicas" | "services">,
    name: string,
    scaling: ReplicaBounds,
): ReplicaBounds {
    const own = config.services[name];
    const { autoscale, floor } = config.replicas;
    if (!autoscale) {
        const replicas = own?.replicas ?? floor;
        return { min: replicas, max: replicas };
    }
    return { min: own?.minReplicas ?? (floor === 0 ? scaling.min : floor), max: own?.maxReplicas ?? scaling.max };
}
