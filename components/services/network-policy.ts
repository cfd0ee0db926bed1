import type * as k8s from "@pulumi/kubernetes";

import { type Edge, ports, type TrafficGraph } from "../../catalog/graph";
import { stores } from "../../catalog/stores";
import type { Workloads } from "../../catalog/types";
import { selectorLabels } from "../common/labels";
import { internet, type Peer, podsIn, scraper } from "../common/peers";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;

function destination({ to }: Edge): Peer {
    switch (to.kind) {
        case "workload":
            return podsIn(to.namespace, selectorLabels(to.name));
        case "store":
            return podsIn(to.namespace, stores[to.name].podLabels);
        case "host":
            // A NetworkPolicy knows no names; by name the mesh narrows this further.
            return internet;
    }
}

/** One rule a distinct peer and port: two hosts on one port are one and the same block of addresses. */
function egress(edges: readonly Edge[]): Spec["egress"] {
    const rules = new Map(
        edges.map((edge) => {
            const to = destination(edge);
            return [JSON.stringify([to, edge.port]), { to: [to], ports: [{ port: edge.port, protocol: "TCP" }] }];
        }),
    );
    return [...rules.values()];
}

/**
 * What one workload may send and receive: exactly its edges of the traffic graph, and the scrape of its metrics. With
 * the namespace's default deny, nothing else (NW-05, NW-06, NW-09).
 */
export function workloadPolicySpec(name: string, workloads: Workloads, graph: TrafficGraph): Spec {
    const callers = graph.callers(name).map((caller) => ({
        from: [podsIn(workloads[caller]?.namespace ?? "services", selectorLabels(caller))],
        ports: [{ port: ports.http, protocol: "TCP" }],
    }));
    // Anybody may knock at the gateway; that is what it is for.
    const outside =
        workloads[name]?.public === true
            ? [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: ports.http, protocol: "TCP" }] }]
            : [];
    const scrape = {
        from: [scraper],
        ports: [{ port: ports.management, protocol: "TCP" }],
    };
    return {
        podSelector: { matchLabels: selectorLabels(name) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [...callers, ...outside, scrape],
        egress: egress(graph.callees(name)),
    };
}
