import { type PlatformConfig, resolve } from "../../config/resolve";
import { type Cloud, cloudNames, type Tier, tierNames } from "../../config/schema";

type Read = (config: PlatformConfig) => unknown;

const none: Read = () => undefined;

function pool(name: "app" | "database" | "cache" | "payment" | "spot"): Record<string, Read> {
    return {
        [`nodePools.${name}.min`]: ({ nodePools }) => nodePools[name]?.min,
        [`nodePools.${name}.max`]: ({ nodePools }) => nodePools[name]?.max,
        [`nodePools.${name}.machineType`]: ({ nodePools }) => nodePools[name]?.machineType,
    };
}

/** Bounds of the autoscaler where the tier leaves them to the catalogue. */
const fewest: Read = ({ replicas: { autoscale, floor } }) =>
    floor === 0 ? "catalogue" : autoscale ? floor : undefined;

/** Where the value of a key ends up, for each key that can be left out. */
const readers: Readonly<Record<string, Read>> = {
    "gcp.region": ({ cloud, region }) => (cloud === "gcp" ? region : undefined),
    "gcp.drRegion": ({ cloud, drRegion }) => (cloud === "gcp" ? drRegion : undefined),
    "gcp.zones": ({ cloud, zones }) => (cloud === "gcp" ? zones : undefined),
    "gcp.securityGroup": none,
    "aws.region": ({ cloud, region }) => (cloud === "aws" ? region : undefined),
    "aws.drRegion": ({ cloud, drRegion }) => (cloud === "aws" ? drRegion : undefined),
    "aws.zones": ({ cloud, zones }) => (cloud === "aws" ? zones : undefined),
    "aws.guardDuty": ({ cloud, audit }) => (cloud === "aws" ? audit.guardDuty : undefined),
    "audit.retentionDays": ({ cloud, audit }) => (cloud === "existing" ? undefined : audit.retentionDays),
    "existing.kubeconfig": none,
    "existing.context": none,
    "existing.dedicatedPools": ({ cloud, dedicatedPools }) => (cloud === "existing" ? dedicatedPools : undefined),
    "existing.storageProvisioner": ({ cloud, existing }) =>
        cloud === "existing" ? existing.storageProvisioner : undefined,
    "existing.metricsServer": ({ cloud, existing }) => (cloud === "existing" ? existing.metricsServer : undefined),
    "existing.snapshotDriver": none,
    "recovery.role": ({ role }) => role,
    "recovery.replicaOf": none,
    "network.nodes": ({ cloud, network }) => (cloud === "existing" ? undefined : network.nodes),
    "network.pods": ({ cloud, network }) => (cloud === "gcp" ? network.pods : undefined),
    "network.services": ({ cloud, network }) => (cloud === "existing" ? undefined : network.services),
    "network.controlPlane": ({ cloud, network }) => (cloud === "gcp" ? network.controlPlane : undefined),
    "network.managed": ({ cloud, network }) => (cloud === "gcp" ? network.managed : undefined),
    "cluster.authorizedNetworks": ({ cluster }) => cluster.authorizedNetworks,
    "cluster.privateEndpoint": ({ cluster }) => cluster.privateEndpoint,
    "cluster.dnsEndpoint": ({ cloud, cluster }) => (cloud === "gcp" ? cluster.dnsEndpoint : undefined),
    "cluster.deletionProtection": ({ cloud, cluster }) =>
        cloud === "existing" ? undefined : cluster.deletionProtection,
    "cluster.maintenanceWindow": ({ cluster }) => cluster.maintenanceWindow,
    ...pool("app"),
    ...pool("database"),
    ...pool("cache"),
    ...pool("payment"),
    ...pool("spot"),
    "nodePools.profile": ({ profile }) => profile,
    "nodePools.generation": () => "seed",
    "nodePools.spot.enabled": ({ nodePools }) => nodePools.spot !== undefined,
    "nodePools.payment.enabled": ({ nodePools }) => nodePools.payment !== undefined,
    "nodePools.payment.confidential": ({ nodePools }) => nodePools.payment?.confidential,
    "resources.cpuRequest": ({ resources }) => resources.cpuRequest,
    "resources.cpuLimit": ({ resources }) => resources.cpuLimit,
    "resources.memoryRequest": ({ resources }) => resources.memoryRequest,
    "resources.memoryLimit": ({ resources }) => resources.memoryLimit,
    "scheduling.spread": ({ spread }) => spread,
    "charts.source": none,
    "images.mirror": none,
    "services.<service>.image": () => "stand-in",
    "services.<service>.replicas": ({ replicas: { autoscale, floor } }) => (autoscale ? undefined : floor),
    "services.<service>.minReplicas": fewest,
    "services.<service>.maxReplicas": ({ replicas }) => (replicas.autoscale ? "catalogue" : undefined),
};

/** The configuration of a tier on a cloud where the stack file says nothing more. */
export function bare(tier: Tier, cloud: Cloud): PlatformConfig {
    const place = cloud === "gcp" ? { gcp: { project: "project-id" } } : { aws: { accountId: "000000000000" } };
    return resolve(tier, { tier, cloud, domain: "example.com", ...(cloud === "existing" ? {} : place) });
}

/** A value as a table cell shows it; empty where there is none. */
export function cell(value: unknown): string {
    const empty = value === undefined || value === "";
    return empty ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value).replaceAll(",", ", ")}\``;
}

/** One text for all names where all values agree, else each value with its name. */
function together(values: readonly (readonly [name: string, value: string])[]): string {
    const given = values.filter(([, value]) => value !== "");
    const alike = new Set(values.map(([, value]) => value)).size === 1;
    return alike ? (values[0]?.[1] ?? "") : given.map(([name, value]) => `${name} ${value}`).join(" · ");
}

/** What a key that is left out is taken to be, by tier or cloud where that makes a difference. */
export function defaultOf(path: string): string {
    const read = readers[path];
    if (read === undefined) {
        throw new Error(`${path} can be left out; say what it is then in tools/config-docs/defaults.ts`);
    }
    const byCloud = cloudNames.map((cloud) => {
        const byTier = tierNames.map((tier) => [tier, cell(read(bare(tier, cloud)))] as const);
        return [cloud, together(byTier)] as const;
    });
    return together(byCloud);
}

/** Keys that defaults are known of, so that one that is gone is noticed. */
export const defaultKeys: readonly string[] = Object.keys(readers);
