import type { CacheName } from "./caches";
import type { StoreName } from "./stores";
import type { TopicName } from "./topics";

/** The platform's namespaces; nothing runs in `default` (CL-20). */
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

/** Node pools that a workload can select; all except `app` are tainted (CL-03 to CL-07). */
export type WorkloadPool = "app" | "database" | "cache" | "payment";

/**
 * All node pools. `spot` is tainted too; workloads with `spot: true` prefer it, none requires it (CL-12). The last three
 * belong to the compact profile (CL-15).
 */
export type PoolName = WorkloadPool | "spot" | "frontend" | "backend" | "data";

/** Maximum scaling rate of an autoscaler: `percent` of the replicas per `periodSeconds`. */
export interface ScalingRate {
    /** Percent of the current replicas, minimum 1. */
    readonly percent: number;
    /** Window in seconds, 1 to 1800 (limits of the HPA API). */
    readonly periodSeconds: number;
}

/** A topic whose waiting messages set the number of replicas, besides utilisation. */
export interface ScalingQueue {
    readonly topic: TopicName;
    /** Waiting messages for each replica. */
    readonly messagesPerReplica: number;
}

/** The bounds and behaviour of a workload's HorizontalPodAutoscaler (AS-01 to AS-04). */
export interface Scaling {
    /** Minimum replicas in prod, which serve the baseline load. */
    readonly min: number;
    /** Maximum replicas in prod. */
    readonly max: number;
    /** Maximum replicas during a sale, if its load needs fewer than that (AS-08). @default what the load needs */
    readonly saleMax?: number;
    /** Whether its load grows with the number of customers; false for tools of the staff (AS-12). @default true */
    readonly followsCustomers?: boolean;
    /** Most requests per second of one replica. @default no limit; utilisation sets the number of replicas (AS-07) */
    readonly requestsPerSecond?: number;
    /** Messages that wait for it, of a topic that it consumes (AS-06). @default none; utilisation alone counts */
    readonly queue?: ScalingQueue;
    /** Target CPU utilisation in percent of the request. @default 70 */
    readonly cpuPercent?: number;
    /** Target memory utilisation in percent of the request. @default 80 */
    readonly memoryPercent?: number;
    /** @default 100 % in 15 s */
    readonly up?: ScalingRate;
    /** @default 10 % in 60 s */
    readonly down?: ScalingRate;
}

/** A host outside the cluster that a workload calls over TLS. */
export interface ExternalHost {
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
    readonly hosts?: readonly ExternalHost[];
}

/**
 * One service of the shop. `Name` is the set of workload names and `Store` that of stores, so that a call to something
 * unknown does not compile.
 */
export interface Workload<Name extends string = string, Store extends string = string> {
    /** What it is for, one sentence; shown in the plan and on dashboards. */
    readonly description: string;
    readonly namespace: NamespaceName;
    /** Node pool of its pods, with the toleration for the pool's taint (CL-07). @default "app" */
    readonly pool?: WorkloadPool;
    /** Prefers spot nodes; only for services that may be interrupted (CL-12). @default false */
    readonly spot?: boolean;
    /**
     * Sets the priority class. `edge`: serves the internet; `critical`: an outage loses revenue; `standard`: all others,
     * evicted for `edge` alone.
     */
    readonly importance: "edge" | "critical" | "standard";
    /** Port of the Service; the container always listens on 8080 and on 8081 for management (SV-05). @default 8080 */
    readonly servicePort?: number;
    /** Accepts traffic from any address, not only from workloads of the cluster. @default false */
    readonly public?: boolean;
    readonly scaling: Scaling;
    readonly calls: Calls<Name, Store>;
    /** Topics it writes. @default none */
    readonly produces?: readonly TopicName[];
    /** Topics that it reads. @default none */
    readonly consumes?: readonly TopicName[];
    /** Cached data that it reads or writes. @default none */
    readonly caches?: readonly CacheName[];
    /** Environment variables in plain text; never a secret. @default none */
    readonly settings?: Readonly<Record<string, string>>;
}

/** Infers `Name` from the keys, so that entries can only call each other. */
export function defineWorkloads<Name extends string>(workloads: {
    readonly [Key in Name]: Workload<NoInfer<Name>, StoreName>;
}): Readonly<Record<Name, Workload<Name, StoreName>>> {
    return workloads;
}

/** A catalogue with any workload names. */
export type Workloads = Readonly<Record<string, Workload>>;
