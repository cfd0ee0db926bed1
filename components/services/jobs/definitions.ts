import { type JobName, type Jobs, jobs } from "../../../catalog/jobs";
import type { LayerConfig } from "../layer-config";
import { cacheWarm } from "./cache-warm";
import type { JobDefinition } from "./types";

/** How each job of the catalogue runs. */
export const definitions: Readonly<Record<JobName, JobDefinition>> = { "cache-warm": cacheWarm };

/** The jobs of a stack: a replica runs none until it is promoted (CL-18). */
export function jobsOf({ role }: Pick<LayerConfig, "role">): Jobs {
    return role === "replica" ? {} : jobs;
}

/** The jobs of a stack with their definitions. */
export function definedJobs(config: Pick<LayerConfig, "role">) {
    return Object.entries(jobsOf(config)).map(([name, job]) => ({
        name,
        job,
        definition: definitions[name as JobName],
    }));
}
