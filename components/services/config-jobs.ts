import { caches } from "../../catalog/caches";
import { checked, group, whole } from "../../config/fields";
import { isCron, longestPause } from "../../config/formats";
import type { Rule } from "../../config/part";
import type { Tier } from "../../config/schema";
import { type LoadProfile, warmProducts } from "./config-load";

/** Settings of the catalogue's jobs. */
export interface JobsConfig {
    readonly jobs: {
        readonly cacheWarm: {
            /** Five cron fields, UTC. */
            readonly schedule: string;
            /** Products that are written, the most sold first. */
            readonly products: number;
        };
    };
}

/** Seconds after which a run of `cache-warm` is stopped, its repetitions included. */
export const warmSeconds = 300;

// Of the 30 minutes that the keys live: two runs in a row may fail before one expires.
const schedule = "*/10 * * * *";

/** The jobs of a tier, prepared for a load. */
export function jobsOfLoad(profile: LoadProfile, tier: Tier): JobsConfig["jobs"] {
    return { cacheWarm: { schedule, products: warmProducts(profile, tier) } };
}

/** Values by tier under a normal load. */
export const jobsTiers: Readonly<Record<Tier, JobsConfig>> = {
    dev: { jobs: jobsOfLoad("normal", "dev") },
    staging: { jobs: jobsOfLoad("normal", "staging") },
    prod: { jobs: jobsOfLoad("normal", "prod") },
};

/** Keys of the catalogue's jobs. */
export const jobsShape = {
    jobs: group("Jobs that call stores as services do (SV-13)", {
        cacheWarm: group("Refreshing of the popular products in the cache (CA-08, CA-09)", {
            schedule: checked(
                "Start, UTC; keys must not expire between two runs",
                isCron,
                `five cron fields, such as ${schedule}`,
            ).optional(),
            products: whole(
                "Products that are written, the most sold first; a sale's `load.profile` raises the default",
                1,
                5000,
            ).optional(),
        }).optional(),
    }).optional(),
};

/** What is refreshed in advance is in the cache at every moment, while no run fails (CA-08). */
export const keysOutliveThePause: Rule<JobsConfig> = ({ config }) => {
    const value = config.jobs.cacheWarm.schedule;
    const ttl = caches["popular-products"].ttlSeconds;
    const pause = longestPause(value);
    const message =
        `leaves up to ${pause} s between two starts, and a run takes up to ${warmSeconds} s, but popular products ` +
        `expire after ${ttl} s; give a shorter pause, such as ${schedule}`;
    return pause + warmSeconds > ttl ? [{ path: "jobs.cacheWarm.schedule", value, message }] : [];
};
