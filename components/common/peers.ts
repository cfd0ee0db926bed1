import type * as k8s from "@pulumi/kubernetes";

import type { NamespaceName } from "../../catalog/types";

export type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;
export type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

/** Pods with these labels in one namespace. Always both selectors: with one alone the rule would be wider than the edge. */
export function podsIn(namespace: NamespaceName, matchLabels: Readonly<Record<string, string>>): Peer {
    return {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
        podSelector: { matchLabels: { ...matchLabels } },
    };
}

/**
 * Public addresses: without private ranges, which include the cluster itself, and without link-local ones, where the
 * metadata service serves the node's credentials.
 */
export const internet: Peer = {
    ipBlock: {
        cidr: "0.0.0.0/0",
        except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
    },
};

/** Prometheus. */
export const scraper: Peer = podsIn("monitoring", { "app.kubernetes.io/name": "prometheus" });

/** The cluster's DNS, by label: other pods with port 53 are not reachable. */
export function dnsEgress(): EgressRule {
    return {
        to: [
            {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
        ],
        ports: [
            { port: 53, protocol: "UDP" },
            { port: 53, protocol: "TCP" },
        ],
    };
}
