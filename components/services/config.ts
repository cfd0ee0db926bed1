import type { CoreConfig } from "../../config/core";
import { configPart, type Default, defined } from "../../config/part";
import { type ServicesConfig, type ServiceSettings, servicesShape, tiers } from "./config-keys";
import { compactReplicas } from "./config-replicas";
import { serviceRules } from "./config-rules";

export type { ServicesConfig, ServiceSettings } from "./config-keys";
export { type ReplicaBounds, replicaBounds } from "./config-replicas";

/** A replica runs no pods of the shop until it is promoted (CL-18). */
function replicasOf({ role, tier }: CoreConfig): ServicesConfig["replicas"] {
    return role === "replica" ? { autoscale: false, floor: 0 } : tiers[tier].replicas;
}

/** The stack's own settings of services, over what its profile says of them. */
function servicesOf(
    own: Readonly<Record<string, ServiceSettings>> = {},
    core: CoreConfig,
): Record<string, ServiceSettings> {
    const { autoscale, floor } = replicasOf(core);
    // Where an autoscaler owns the number, or where nothing runs, there is none to say.
    const usual = core.profile === "compact" && !autoscale && floor > 0 ? Object.entries(compactReplicas) : [];
    return { ...own, ...Object.fromEntries(usual.map(([name, replicas]) => [name, { replicas, ...own[name] }])) };
}

/** The fewest replicas of an autoscaler, where the tier does not leave them to the catalogue. */
const fewest: Default<ServicesConfig> = ({ replicas: { autoscale, floor } }) =>
    floor === 0 ? "catalogue" : autoscale ? floor : undefined;

/** The keys of the shop's services. */
export const servicesConfig = configPart({
    name: "services",
    shape: servicesShape,
    tiers,
    resolve: ({ services, resources, scheduling }, core): ServicesConfig => ({
        replicas: replicasOf(core),
        resources: { ...tiers[core.tier].resources, ...defined(resources) },
        spread: scheduling?.spread ?? tiers[core.tier].spread,
        services: servicesOf(services, core),
    }),
    rules: serviceRules,
    defaults: {
        "resources.cpuRequest": ({ resources }) => resources.cpuRequest,
        "resources.cpuLimit": ({ resources }) => resources.cpuLimit,
        "resources.memoryRequest": ({ resources }) => resources.memoryRequest,
        "resources.memoryLimit": ({ resources }) => resources.memoryLimit,
        "scheduling.spread": ({ spread }) => spread,
        "services.<service>.image": () => "stand-in",
        "services.<service>.replicas": ({ replicas: { autoscale, floor } }) => (autoscale ? undefined : floor),
        "services.<service>.minReplicas": fewest,
        "services.<service>.maxReplicas": ({ replicas }) => (replicas.autoscale ? "catalogue" : undefined),
    },
});
