import { type NodePools, nodePools } from "./pools";
import { compactReplicas, type Profile } from "./profiles";
import type { Cloud, Role, ServiceSettings, Settings, Tier } from "./schema";
import { drPlacements, networkDefaults, placements, type TierDefaults, tiers } from "./tiers";

/** A stack's settings with the tier's defaults filled in: what the layers read. */
export interface PlatformConfig {
    readonly stack: string;
    readonly tier: Tier;
    readonly cloud: Cloud;
    readonly profile: Profile;
    readonly role: Role;
    /** Stack whose backups a replica reads; none for a primary. */
    readonly replicaOf: string | undefined;
    readonly domain: string;
    /** Labels or tags of the user's own on every cloud resource. */
    readonly labels: Readonly<Record<string, string>>;
    /** GCP project id or AWS account id; empty on an existing cluster. */
    readonly account: string;
    /** Empty on an existing cluster. */
    readonly region: string;
    /** The other region of the pair: that of the copies, or of the primary. Empty on an existing cluster. */
    readonly drRegion: string;
    /** Whether backups lie in {@link drRegion} too. */
    readonly replicateBackups: boolean;
    /** Three zones; none on an existing cluster, where the nodes say. */
    readonly zones: readonly string[];
    readonly existing: {
        readonly kubeconfig: string | undefined;
        readonly context: string | undefined;
        /** Driver of the storage classes on a cluster that is somebody else's. */
        readonly storageProvisioner: string;
        readonly metricsServer: "install" | "install-insecure" | "present";
        /** Driver of the snapshot classes there; none without one. */
        readonly snapshotDriver: string | undefined;
    };
    /** Whether nodes carry the pools' labels and taints. */
    readonly dedicatedPools: boolean;
    readonly network: {
        readonly nodes: string;
        readonly pods: string;
        readonly services: string;
        readonly controlPlane: string;
        /** Managed services that are peered with the VPC; GCP only. */
        readonly managed: string;
        readonly natPerZone: boolean;
        /** Private ways to what a node cannot start without; AWS only. */
        readonly interfaceEndpoints: boolean;
    };
    /** Google group whose members RBAC may name, if there is one (G22). */
    readonly securityGroup: string | undefined;
    /** Who did what in the cloud, and who watches. */
    readonly audit: {
        readonly retentionDays: number;
        /** AWS only. */
        readonly guardDuty: boolean;
    };
    readonly cluster: {
        readonly authorizedNetworks: readonly string[];
        readonly privateEndpoint: boolean;
        /** The control plane's DNS name is answered from outside the VPC; GCP only. */
        readonly dnsEndpoint: boolean;
        /** Five cron fields, UTC. */
        readonly maintenanceWindow: string;
        readonly deletionProtection: boolean;
    };
    readonly nodePools: NodePools;
    /** Percent of the app pool's fewest nodes that placeholder pods keep free. */
    readonly headroomPercent: number;
    readonly replicas: TierDefaults["replicas"];
    readonly resources: TierDefaults["resources"];
    readonly spread: TierDefaults["spread"];
    /** Whether workloads may be given a VerticalPodAutoscaler. */
    readonly verticalAutoscaler: boolean;
    /** Folder or `oci://` registry that every chart comes from; undefined: each from its own project. */
    readonly charts: { readonly source: string | undefined };
    /** Registry that every image comes from, under its full name; undefined: each from its own. */
    readonly images: { readonly mirror: string | undefined };
    readonly services: Readonly<Record<string, ServiceSettings>>;
}

function placement(settings: Settings): Pick<PlatformConfig, "account" | "region" | "drRegion" | "zones"> {
    if (settings.cloud === "existing") {
        return { account: "", region: "", drRegion: "", zones: [] };
    }
    const own = settings[settings.cloud];
    const [first, second] = [placements[settings.cloud], drPlacements[settings.cloud]];
    const fallback = settings.recovery?.role === "replica" ? second : first;
    const usual = [first, second].find(({ region }) => region === own?.region) ?? fallback;
    const account = settings.cloud === "gcp" ? settings.gcp?.project : settings.aws?.accountId;
    const region = own?.region ?? usual.region;
    return {
        account: account ?? "",
        region,
        // The one of the usual pair that the stack itself does not run in.
        drRegion: own?.drRegion ?? (region === second.region ? first.region : second.region),
        zones: own?.zones ?? usual.zones,
    };
}

/** What a replica does without until it is promoted: pods of the shop, and room for them to grow into (CL-18). */
function running({
    recovery,
    tier,
}: Settings): Pick<PlatformConfig, "replicas" | "headroomPercent" | "replicateBackups"> {
    const { replicas, headroomPercent, replicateBackups } = tiers[tier];
    return recovery?.role === "replica"
        ? { replicas: { autoscale: false, floor: 0 }, headroomPercent: 0, replicateBackups: false }
        : { replicas, headroomPercent, replicateBackups };
}

/** The stack's own settings of services, over what its profile says of them. */
function services(settings: Settings): PlatformConfig["services"] {
    const { nodePools: pools, services: own = {} } = settings;
    const { autoscale, floor } = running(settings).replicas;
    // Where an autoscaler owns the number, or where nothing runs, there is none to say.
    const usual = pools?.profile === "compact" && !autoscale && floor > 0 ? Object.entries(compactReplicas) : [];
    return { ...own, ...Object.fromEntries(usual.map(([name, replicas]) => [name, { replicas, ...own[name] }])) };
}

/** Fills a stack's settings up from its tier. Pure; assumes settings that the schema took. */
export function resolve(stack: string, settings: Settings): PlatformConfig {
    const tier = tiers[settings.tier];
    const place = placement(settings);
    return {
        stack,
        tier: settings.tier,
        cloud: settings.cloud,
        profile: settings.nodePools?.profile ?? "standard",
        role: settings.recovery?.role ?? "primary",
        replicaOf: settings.recovery?.replicaOf,
        domain: settings.domain,
        labels: settings.labels ?? {},
        ...place,
        existing: {
            kubeconfig: settings.existing?.kubeconfig,
            context: settings.existing?.context,
            // What kind brings along.
            storageProvisioner: settings.existing?.storageProvisioner ?? "rancher.io/local-path",
            metricsServer: settings.existing?.metricsServer ?? "install",
            snapshotDriver: settings.existing?.snapshotDriver,
        },
        dedicatedPools: settings.cloud !== "existing" || (settings.existing?.dedicatedPools ?? true),
        network: {
            ...networkDefaults[settings.cloud],
            ...defined(settings.network),
            natPerZone: tier.natPerZone,
            interfaceEndpoints: tier.interfaceEndpoints,
        },
        securityGroup: settings.gcp?.securityGroup,
        audit: {
            retentionDays: settings.audit?.retentionDays ?? tier.auditRetentionDays,
            guardDuty: settings.aws?.guardDuty ?? tier.guardDuty,
        },
        cluster: {
            authorizedNetworks: settings.cluster?.authorizedNetworks ?? [],
            privateEndpoint: settings.cluster?.privateEndpoint ?? tier.privateEndpoint,
            dnsEndpoint: settings.cluster?.dnsEndpoint ?? tier.dnsEndpoint,
            // Saturday night: the shop's quietest hours.
            maintenanceWindow: settings.cluster?.maintenanceWindow ?? "0 3 * * 6",
            deletionProtection: settings.cluster?.deletionProtection ?? tier.deletionProtection,
        },
        nodePools: nodePools(settings, place.zones),
        ...running(settings),
        resources: { ...tier.resources, ...defined(settings.resources) },
        spread: settings.scheduling?.spread ?? tier.spread,
        verticalAutoscaler: tier.verticalAutoscaler,
        charts: { source: settings.charts?.source },
        images: { mirror: settings.images?.mirror },
        services: services(settings),
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
