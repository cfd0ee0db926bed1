import * as ipaddr from "ipaddr.js";

import type { LayerConfig } from "./layer-config";
import { type EgressRule, internet, type Peer } from "../common/peers";

/** How pods reach the control plane, the cloud and the nodes, as rules of a NetworkPolicy; by cloud. */
export interface Reach {
    readonly apiServer: readonly EgressRule[];
    readonly cloud: readonly EgressRule[];
    /** The link-local address that serves a pod the credentials of its cloud identity. */
    readonly identity: readonly EgressRule[];
    readonly kubelets: readonly EgressRule[];
    /** Sources of the API server's calls to webhooks; empty: any address. */
    readonly webhookCallers: readonly Peer[];
}

type Config = Pick<LayerConfig, "network">;

function block(cidr: string): Peer {
    return { ipBlock: { cidr } };
}

function tcp(to: readonly Peer[], ...ports: readonly number[]): EgressRule {
    return { to: [...to], ports: ports.map((port) => ({ port, protocol: "TCP" })) };
}

/** Address of the Service `kubernetes`: the first of the range. Some CNIs match policies before it is translated. */
function apiService({ network }: Config): Peer {
    const bytes = ipaddr.IPv4.networkAddressFromCIDR(network.services).toByteArray();
    const last = bytes.length - 1;
    return block(`${bytes.map((byte, index) => (index === last ? byte + 1 : byte)).join(".")}/32`);
}

/** GKE: the control plane has a separate range and reaches pods through agents in kube-system. */
export function gcpReach(config: Config): Reach {
    const { controlPlane, nodes } = config.network;
    // The metadata server, which Dataplane V2 serves at this address, issues Workload Identity tokens.
    const identity = [tcp([block("169.254.169.254/32")], 80)];
    return {
        apiServer: [tcp([block(controlPlane), apiService(config)], 443)],
        cloud: [tcp([internet], 443), ...identity],
        identity,
        kubelets: [tcp([block(nodes)], 10250)],
        webhookCallers: [
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
            block(controlPlane),
            block(nodes),
        ],
    };
}

/** EKS: the control plane and the interface endpoints have addresses in the VPC. */
export function awsReach(config: Config): Reach {
    const vpc = block(config.network.nodes);
    // The Pod Identity agent on the node serves credentials at this address.
    const identity = [tcp([block("169.254.170.23/32")], 80)];
    return {
        apiServer: [tcp([vpc, apiService(config)], 443)],
        cloud: [tcp([internet, vpc], 443), ...identity],
        identity,
        kubelets: [tcp([vpc], 10250)],
        webhookCallers: [vpc],
    };
}

/** An existing cluster: the control plane's address is unknown, so all but link-local addresses are allowed. */
export function existingReach(): Reach {
    const anywhere: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };
    return {
        // The ports of hosted control planes, of kubeadm and kind, and of minikube.
        apiServer: [tcp([anywhere], 443, 6443, 8443)],
        cloud: [tcp([internet], 443)],
        identity: [],
        kubelets: [tcp([anywhere], 10250)],
        webhookCallers: [],
    };
}
