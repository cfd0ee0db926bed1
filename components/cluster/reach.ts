import * as ipaddr from "ipaddr.js";

import type { LayerConfig } from "./layer-config";
import { type EgressRule, internet, type Peer } from "../common/peers";

/** How pods reach the control plane, the cloud and the nodes, as rules of a NetworkPolicy; by cloud. */
export interface Reach {
    readonly apiServer: readonly EgressRule[];
    readonly cloud: readonly EgressRule[];
    readonly kubelets: readonly EgressRule[];
    /** Where the API server's calls to webhooks come from; empty: any address. */
    readonly webhookCallers: readonly Peer[];
}

type Config = Pick<LayerConfig, "network">;

function block(cidr: string): Peer {
    return { ipBlock: { cidr } };
}

function tcp(to: readonly Peer[], ...ports: readonly number[]): EgressRule {
    return { to: [...to], ports: ports.map((port) => ({ port, protocol: "TCP" })) };
}

/** The address of the Service `kubernetes`: always the first of the range. Some enforcers match before it is translated. */
function apiService({ network }: Config): Peer {
    const bytes = ipaddr.IPv4.networkAddressFromCIDR(network.services).toByteArray();
    const last = bytes.length - 1;
    return block(`${bytes.map((byte, index) => (index === last ? byte + 1 : byte)).join(".")}/32`);
}

/** GKE: the control plane has a range of its own, and reaches pods through agents in kube-system. */
export function gcpReach(config: Config): Reach {
    const { controlPlane, nodes } = config.network;
    return {
        apiServer: [tcp([block(controlPlane), apiService(config)], 443)],
        // Workload Identity's tokens come from the metadata server, which Dataplane V2 serves at this address.
        cloud: [tcp([internet], 443), tcp([block("169.254.169.254/32")], 80)],
        kubelets: [tcp([block(nodes)], 10250)],
        webhookCallers: [
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
            block(controlPlane),
            block(nodes),
        ],
    };
}

/** EKS: the control plane has addresses in the VPC, and so have the cloud's interface endpoints. */
export function awsReach(config: Config): Reach {
    const vpc = block(config.network.nodes);
    return {
        apiServer: [tcp([vpc, apiService(config)], 443)],
        // Credentials of Pod Identity come from the agent on the node, at this address.
        cloud: [tcp([internet, vpc], 443), tcp([block("169.254.170.23/32")], 80)],
        kubelets: [tcp([vpc], 10250)],
        webhookCallers: [vpc],
    };
}

/** An existing cluster: the address of its control plane is not known, so any but the link-local ones is allowed. */
export function existingReach(): Reach {
    const anywhere: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };
    return {
        // The ports of hosted control planes, of kubeadm and kind, and of minikube.
        apiServer: [tcp([anywhere], 443, 6443, 8443)],
        cloud: [tcp([internet], 443)],
        kubelets: [tcp([anywhere], 10250)],
        webhookCallers: [],
    };
}
