import type { CoreConfig } from "../../config/core";
import { configPart, defined } from "../../config/part";
import { commonTiers, replicasOf } from "../common/config";
import { jobsOfLoad, jobsTiers } from "./config-jobs";
import { type ServicesConfig, type ServiceSettings, servicesShape } from "./config-keys";
import { defaultTimeZone, loadOf } from "./config-load";
import { compactReplicas } from "./config-replicas";
import { serviceRules } from "./config-rules";

export type { ServicesConfig, ServiceSettings } from "./config-keys";
export { type ReplicaBounds, replicaBounds } from "./config-replicas";

/** The stack's settings of services, with the defaults of its profile. */
function servicesOf(
    own: Readonly<Record<string, ServiceSettings>> = {},
    core: CoreConfig,
): Record<string, ServiceSettings> {
    const { autoscale, floor } = replicasOf(core);
    // None if an autoscaler sets the number, or if the services do not run.
    const profileReplicas =
        core.profile === "compact" && !autoscale && floor > 0 ? Object.entries(compactReplicas) : [];
    return {
        ...own,
        ...Object.fromEntries(profileReplicas.map(([name, replicas]) => [name, { replicas, ...own[name] }])),
    };
}

/** The keys of the shop's services and jobs. */
export const servicesConfig = configPart({
    name: "services",
    shape: servicesShape,
    tiers: jobsTiers,
    resolve: ({ services, jobs, load: given }, core): ServicesConfig => {
        const load = loadOf(given);
        return {
            services: servicesOf(services, core),
            load,
            jobs: { cacheWarm: { ...jobsOfLoad(load.profile, core.tier).cacheWarm, ...defined(jobs?.cacheWarm) } },
        };
    },
    rules: serviceRules,
    defaults: {
        "services.<service>.image": () => "stand-in",
        "services.<service>.replicas": ({ tier }) => {
            const { autoscale, floor } = commonTiers[tier].replicas;
            return autoscale ? undefined : floor;
        },
        "services.<service>.minReplicas": ({ tier }) => {
            const { autoscale, floor } = commonTiers[tier].replicas;
            return floor === 0 ? "catalogue" : autoscale ? floor : undefined;
        },
        "services.<service>.maxReplicas": ({ tier }) =>
            commonTiers[tier].replicas.autoscale ? "catalogue" : undefined,
        "load.profile": ({ load }) => load.profile,
        "load.preScale.timeZone": () => defaultTimeZone,
        "jobs.cacheWarm.schedule": ({ jobs }) => jobs.cacheWarm.schedule,
        "jobs.cacheWarm.products": ({ jobs }) => jobs.cacheWarm.products,
    },
});
