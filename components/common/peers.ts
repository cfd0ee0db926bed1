import type * as k8s from "@pulumi/kubernetes";

import type { NamespaceName } from "../../catalog/types";

export type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;
export type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

/** Pods with these labels in one namespace; never one without the other, or the rule is wider than the edge. */
export function podsIn(namespace: NamespaceName, matchLabels: Readonly<Record<string, string>>): Peer {
    return {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
        podSelector: { matchLabels: { ...matchLabels } },
    };
}

/**
 * The internet without what is not the internet: private ranges, where the cluster itself lives, and link-local, where
 * the cloud's metadata service hands out the node's credentials.
 */
export const internet: Peer = {
    ipBlock: {
        cidr: "0.0.0.0/0",
        except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
    },
};

/** Who reads metrics. */
export const scraper: Peer = podsIn("monitoring", { "app.kubernetes.io/name": "prometheus" });

/** The cluster's DNS and nothing else: by name, so that a pod elsewhere on port 53 is no way out. */
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
