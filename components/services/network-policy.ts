import type * as k8s from "@pulumi/kubernetes";

import { type Edge, ports, type TrafficGraph } from "../../catalog/graph";
import { stores } from "../../catalog/stores";
import type { NamespaceName, Workloads } from "../../catalog/types";
import { selectorLabels } from "../common/labels";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;
type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;

/** Pods with these labels in one namespace; never one without the other, or the rule is wider than the edge. */
function pods(namespace: NamespaceName, matchLabels: Readonly<Record<string, string>>): Peer {
    return {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
        podSelector: { matchLabels: { ...matchLabels } },
    };
}

/**
 * The internet without what is not the internet: private ranges, where the cluster itself lives, and link-local, where
 * the cloud's metadata service hands out the node's credentials.
 */
const internet: Peer = {
    ipBlock: {
        cidr: "0.0.0.0/0",
        except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
    },
};

function destination({ to }: Edge): Peer {
    switch (to.kind) {
        case "workload":
            return pods(to.namespace, selectorLabels(to.name));
        case "store":
            return pods(to.namespace, stores[to.name].podLabels);
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
        from: [pods(workloads[caller]?.namespace ?? "services", selectorLabels(caller))],
        ports: [{ port: ports.http, protocol: "TCP" }],
    }));
    // Anybody may knock at the gateway; that is what it is for.
    const outside =
        workloads[name]?.public === true
            ? [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: ports.http, protocol: "TCP" }] }]
            : [];
    const scrape = {
        from: [pods("monitoring", { "app.kubernetes.io/name": "prometheus" })],
        ports: [{ port: ports.management, protocol: "TCP" }],
    };
    return {
        podSelector: { matchLabels: selectorLabels(name) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [...callers, ...outside, scrape],
        egress: egress(graph.callees(name)),
    };
}
