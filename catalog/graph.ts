import { type CacheName, caches } from "./caches";
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
    /** Name of the calling workload. */
    readonly from: string;
    readonly to: Target;
    /** Port of the pods or of the external host. */
    readonly port: number;
}

/** A workload that calls a store, and the rights that it needs there. */
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
    /** Edges from a workload, in the order of its declaration. */
    readonly callees: (name: string) => readonly Edge[];
    /** Which workloads call a workload, in the order of the catalogue. */
    readonly callers: (name: string) => readonly string[];
    /** Which workloads call a store and with which rights, in the order of the catalogue. */
    readonly storeCallers: (store: string) => readonly StoreCaller[];
    readonly edges: readonly Edge[];
}

function unknown(from: string, name: string, what: string, known: readonly string[]): never {
    throw new Error(`catalog: ${from} calls ${name}, which ${what}; give one of ${known.join(", ")}, or drop the call`);
}

function calleesOf(workloads: Workloads, endpoints: StoreEndpoints, from: string): readonly Edge[] {
    const calls = workloads[from]?.calls ?? {};
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

function storeCaller(workload: string, entry: Workload, name: string): StoreCaller {
    const known: Readonly<Record<string, Store | undefined>> = stores;
    const store = known[name];
    const queue = store?.kind === "queue";
    const { produces = [], consumes = [] } = queue ? entry : {};
    return {
        workload,
        namespace: entry.namespace,
        access: queue && produces.length === 0 ? "read" : (store?.access ?? "read-write"),
        produces,
        consumes,
        caches: (entry.caches ?? []).filter((cache) => caches[cache].store === name),
    };
}

/**
 * The catalogue's calls as a graph, indexed once from both ends (NW-06, NW-09).
 *
 * @throws Error for a call to a workload that is not in the catalogue, or to a store that no layer provides
 */
export function trafficGraph(workloads: Workloads, endpoints: StoreEndpoints): TrafficGraph {
    const callees = new Map(Object.keys(workloads).map((name) => [name, calleesOf(workloads, endpoints, name)]));
    const edges = [...callees.values()].flat();
    const callers = new Map<string, string[]>();
    const storeCallers = new Map<string, StoreCaller[]>();
    for (const { from, to } of edges) {
        const entry = workloads[from];
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
