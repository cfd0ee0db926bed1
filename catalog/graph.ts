import { type StoreName, stores } from "./stores";
import type { NamespaceName, ExternalHost, Workloads } from "./types";

/** Ports of every container of the shop (SV-05). */
export const ports = { http: 8080, management: 8081 } as const;

/** Destination of an edge. */
export type Target =
    | { readonly kind: "workload"; readonly name: string; readonly namespace: NamespaceName }
    | { readonly kind: "store"; readonly name: StoreName; readonly namespace: NamespaceName }
    | { readonly kind: "host"; readonly name: string };

/** One permitted connection; all others are denied (NW-05). */
export interface Edge {
    /** Name of the calling workload. */
    readonly from: string;
    readonly to: Target;
    /** Port of the pods or of the external host. */
    readonly port: number;
}

/** The permitted connections; network policies and all other traffic rules are derived from this graph only. */
export interface TrafficGraph {
    /** Edges from a workload, in the order of its declaration. */
    readonly callees: (name: string) => readonly Edge[];
    /** Workloads that call a workload, in the order of the catalogue. */
    readonly callers: (name: string) => readonly string[];
    readonly edges: readonly Edge[];
}

function hostEdge(from: string, { host, port }: ExternalHost): Edge {
    return { from, to: { kind: "host", name: host }, port };
}

function calleesOf(workloads: Workloads, from: string): readonly Edge[] {
    const calls = workloads[from]?.calls ?? {};
    return [
        ...(calls.workloads ?? []).map((name): Edge => {
            const callee = workloads[name];
            if (callee === undefined) {
                throw new Error(
                    `catalog: ${from} calls ${name}, which is not in the catalogue; add it or remove the call`,
                );
            }
            return { from, to: { kind: "workload", name, namespace: callee.namespace }, port: ports.http };
        }),
        ...(calls.stores ?? []).map((name): Edge => {
            const { namespace, port } = stores[name];
            return { from, to: { kind: "store", name, namespace }, port };
        }),
        ...(calls.hosts ?? []).map((host) => hostEdge(from, host)),
    ];
}

/** The catalogue's calls as a graph, indexed by caller and by callee (NW-06, NW-09). */
export function trafficGraph(workloads: Workloads): TrafficGraph {
    const callees = new Map(Object.keys(workloads).map((name) => [name, calleesOf(workloads, name)]));
    const edges = [...callees.values()].flat();
    const callers = new Map<string, string[]>();
    for (const { from, to } of edges) {
        if (to.kind === "workload") {
            callers.set(to.name, [...(callers.get(to.name) ?? []), from]);
        }
    }
    return {
        edges,
        callees: (name) => callees.get(name) ?? [],
        callers: (name) => callers.get(name) ?? [],
    };
}
