import { type CacheName, caches } from "./caches";
import type { Job, Jobs } from "./jobs";
import { type Store, stores, type StoreAccess, type StoreEndpoint, type StoreEndpoints } from "./stores";
import type { TopicName } from "./topics";
import type { NamespaceName, Workload, Workloads } from "./types";

/** Ports of every container of the shop (SV-05). */
export const ports = { http: 8080, management: 8081 } as const;

/** Destination of an edge. */
export type Target =
    | { readonly kind: "workload"; readonly name: string; readonly namespace: NamespaceName }
    | { readonly kind: "store"; readonly name: string; readonly endpoint: StoreEndpoint }
    | { readonly kind: "host"; readonly name: string };

/** One permitted connection; every other connection is denied (NW-05). */
export interface Edge {
    /** Name of the calling workload or job. */
    readonly from: string;
    readonly to: Target;
    /** Port of the pods or of the external host. */
    readonly port: number;
}

/** A workload or a job that calls a store, and the rights that it needs there. */
export interface StoreCaller {
    readonly workload: string;
    readonly namespace: NamespaceName;
    readonly access: StoreAccess;
    /** Topics that it writes; empty for stores other than Kafka. */
    readonly produces: readonly TopicName[];
    /** Topics that it reads; empty for stores other than Kafka. */
    readonly consumes: readonly TopicName[];
    /** Cached data that it reads or writes there; empty for stores other than caches. */
    readonly caches: readonly CacheName[];
}

/** What can be called and from where; each part of the platform derives its rules from this alone. */
export interface TrafficGraph {
    /** Edges from a workload or a job, in the order of its declaration. */
    readonly callees: (name: string) => readonly Edge[];
    /** Which workloads call a workload, in the order of the catalogue. */
    readonly callers: (name: string) => readonly string[];
    /** Which workloads, then which jobs, call a store and with which rights, each in the order of the catalogue. */
    readonly storeCallers: (store: string) => readonly StoreCaller[];
    readonly edges: readonly Edge[];
}

function unknown(from: string, name: string, what: string, known: readonly string[]): never {
    throw new Error(`catalog: ${from} calls ${name}, which ${what}; give one of ${known.join(", ")}, or drop the call`);
}

/** What the graph reads of a workload or of a job. */
type Calling = Pick<Workload, "namespace" | "calls" | "produces" | "consumes" | "caches"> & Pick<Job, "refreshes">;

function calleesOf(workloads: Workloads, endpoints: StoreEndpoints, from: string, { calls }: Calling): readonly Edge[] {
    return [
        ...(calls.workloads ?? []).map((name): Edge => {
            const callee = workloads[name] ?? unknown(from, name, "is not in the catalogue", Object.keys(workloads));
            return { from, to: { kind: "workload", name, namespace: callee.namespace }, port: ports.http };
        }),
        ...(calls.stores ?? []).map((name): Edge => {
            const endpoint = endpoints[name] ?? unknown(from, name, "no layer provides", Object.keys(endpoints));
            return { from, to: { kind: "store", name, endpoint }, port: endpoint.port };
        }),
        ...(calls.hosts ?? []).map(({ host, port }): Edge => ({ from, to: { kind: "host", name: host }, port })),
    ];
}

function storeCaller(workload: string, entry: Calling, name: string): StoreCaller {
    const known: Readonly<Record<string, Store | undefined>> = stores;
    const store = known[name];
    const queue = store?.kind === "queue";
    const { produces = [], consumes = [] } = queue ? entry : {};
    const here = (cached: readonly CacheName[] = []) => cached.filter((cache) => caches[cache].store === name);
    const refreshed = here(entry.refreshes);
    const access = queue && produces.length === 0 ? "read" : (store?.access ?? "read-write");
    return {
        workload,
        namespace: entry.namespace,
        access: refreshed.length === 0 ? access : "write",
        produces,
        consumes,
        caches: [...here(entry.caches), ...refreshed],
    };
}

/**
 * The catalogue's calls as a graph, indexed once from both ends (NW-06, NW-09).
 *
 * @throws Error for a call to a workload that is not in the catalogue or to a store that no layer provides, and for a job with
 * the name of a workload
 */
export function trafficGraph(workloads: Workloads, endpoints: StoreEndpoints, jobs: Jobs = {}): TrafficGraph {
    const both = Object.keys(jobs).find((name) => Object.hasOwn(workloads, name));
    if (both !== undefined) {
        throw new Error(`catalog: ${both} is a workload and a job, which would share credentials; rename one of them`);
    }
    const entries: Readonly<Record<string, Calling>> = { ...workloads, ...jobs };
    const callees = new Map(
        Object.entries(entries).map(([name, entry]) => [name, calleesOf(workloads, endpoints, name, entry)]),
    );
    const edges = [...callees.values()].flat();
    const callers = new Map<string, string[]>();
    const storeCallers = new Map<string, StoreCaller[]>();
    for (const { from, to } of edges) {
        const entry = entries[from];
        if (to.kind === "workload") {
            callers.set(to.name, [...(callers.get(to.name) ?? []), from]);
        } else if (to.kind === "store" && entry !== undefined) {
            storeCallers.set(to.name, [...(storeCallers.get(to.name) ?? []), storeCaller(from, entry, to.name)]);
        }
    }
    return {
        edges,
        callees: (name) => callees.get(name) ?? [],
        callers: (name) => callers.get(name) ?? [],
        storeCallers: (store) => storeCallers.get(store) ?? [],
    };
}
