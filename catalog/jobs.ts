import type { CacheName } from "./caches";
import type { StoreName } from "./stores";
import type { NamespaceName } from "./types";

/** A task that calls stores and ends, by a schedule or by hand (SV-13). Its rights, credentials and network policies follow. */
export interface Job<Store extends string = string> {
    /** What it is for, one sentence. */
    readonly description: string;
    readonly namespace: NamespaceName;
    readonly calls: { readonly stores: readonly Store[] };
    /** Cached data that it writes and never reads. @default none */
    readonly refreshes?: readonly CacheName[];
}

/** Jobs by name. */
export type Jobs = Readonly<Record<string, Job>>;

function defineJobs<Name extends string>(
    jobs: Readonly<Record<Name, Job<StoreName>>>,
): Readonly<Record<Name, Job<StoreName>>> {
    return jobs;
}

/** The shop's jobs that call stores as services do. What their containers run is in `components/services/jobs/`. */
export const jobs = defineJobs({
    "cache-warm": {
        description: "Writes the most sold products into the cache again before they expire (CA-08, CA-09)",
        namespace: "services",
        calls: { stores: ["postgres-ro", "valkey-cache"] },
        refreshes: ["popular-products"],
    },
});

export type JobName = keyof typeof jobs;
