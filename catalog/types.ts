import type { CacheName } from "./caches";
import type { StoreName } from "./stores";
import type { TopicName } from "./topics";

/** Namespaces of ours; nothing runs in `default` (CL-20). */
export const namespaces = [
    "frontend",
    "services",
    "payment",
    "data",
    "cache",
    "messaging",
    "ingress",
    "monitoring",
    "security",
    "argocd",
] as const;

export type NamespaceName = (typeof namespaces)[number];

/** Node pools that a workload may ask for; each but `app` is tainted (CL-03 to CL-07). */
export type WorkloadPool = "app" | "database" | "cache" | "payment";

/**
 * All node pools. `spot` is tainted too, and preferred by who may run there, never asked for (CL-12). The last three are
 * those of the compact profile (CL-15).
 */
export type PoolName = WorkloadPool | "spot" | "frontend" | "backend" | "data";

/** How fast a workload may grow or shrink: at most `percent` of its pods in `periodSeconds`. */
export interface ScalingRate {
    /** Percent of the present replicas, 1 and up. */
    readonly percent: number;
    /** Length of the window in seconds, 1 to 1800 (the API server's bounds). */
    readonly periodSeconds: number;
}

/** The bounds and behaviour of a workload's HorizontalPodAutoscaler (AS-01 to AS-04). */
export interface Scaling {
    /** Fewest replicas in production; also what it runs with at the baseline load. */
    readonly min: number;
    /** Most replicas in production. */
    readonly max: number;
    /** Target CPU use in percent of the request. @default 70 */
    readonly cpuPercent?: number;
    /** Target memory use in percent of the request. @default 80 */
    readonly memoryPercent?: number;
    /** @default 100 % in 15 s */
    readonly up?: ScalingRate;
    /** @default 10 % in 60 s */
    readonly down?: ScalingRate;
}

/** A party outside the cluster that a workload calls over TLS. */
export interface OutsideHost {
    /** Fully qualified domain name. */
    readonly host: string;
    readonly port: number;
}

/** What a workload calls; network policies, identities and the diagram come from here and from nowhere else. */
export interface Calls<Name extends string, Store extends string = string> {
    /** Other workloads, on their service port. @default none */
    readonly workloads?: readonly Name[];
    /** Stores of the platform. @default none */
    readonly stores?: readonly Store[];
    /** Hosts outside the cluster. @default none */
    readonly hosts?: readonly OutsideHost[];
}

/**
 * One service of the shop. `Name` is the set of workload names and `Store` that of stores, so that a call to something
 * unknown does not compile.
 */
export interface Workload<Name extends string = string, Store extends string = string> {
    /** What it is for, one sentence; shown in the plan and on dashboards. */
    readonly description: string;
    readonly namespace: NamespaceName;
    /** Pool that its pods need; `payment` also asks for the taint's toleration (CL-07). @default "app" */
    readonly pool?: WorkloadPool;
    /** Prefers spot nodes: only what the shop can miss for a minute (CL-12). @default false */
    readonly spot?: boolean;
    /** `edge` faces the internet; `critical` loses money when down; `standard` is the rest. Sets the priority class. */
    readonly importance: "edge" | "critical" | "standard";
    /** Port of the Service; the container always listens on 8080 and on 8081 for management (SV-05). @default 8080 */
    readonly servicePort?: number;
    /** Takes requests from outside the cluster. @default false */
    readonly public?: boolean;
    readonly scaling: Scaling;
    readonly calls: Calls<Name, Store>;
    /** Topics it writes. @default none */
    readonly produces?: readonly TopicName[];
    /** Topics it reads. @default none */
    readonly consumes?: readonly TopicName[];
    /** Cached data that it reads or writes. @default none */
    readonly caches?: readonly CacheName[];
    /** Plain settings of its own; never a secret. @default none */
    readonly settings?: Readonly<Record<string, string>>;
}

/** Keeps the names of the entries as the set of names that an entry may call. */
export function defineWorkloads<Name extends string>(workloads: {
    readonly [Key in Name]: Workload<NoInfer<Name>, StoreName>;
}): Readonly<Record<Name, Workload<Name, StoreName>>> {
    return workloads;
}

/** Any catalogue, whatever its names. */
export type Workloads = Readonly<Record<string, Workload>>;
