import * as ipaddr from "ipaddr.js";

import type { PlatformConfig } from "../../config/resolve";
import { type EgressRule, internet, type Peer } from "../common/peers";

/** How the control plane, the cloud and the nodes are reached on one cloud, in the words of a NetworkPolicy. */
export interface Paths {
    readonly apiServer: readonly EgressRule[];
    readonly cloud: readonly EgressRule[];
    readonly kubelets: readonly EgressRule[];
    /** Where the API server's calls to webhooks come from; none given: from anywhere. */
    readonly webhookCallers: readonly Peer[];
}

type Config = Pick<PlatformConfig, "network">;

function block(cidr: string): Peer {
    return { ipBlock: { cidr } };
}

function tcp(to: readonly Peer[], ...ports: readonly number[]): EgressRule {
    return { to: [...to], ports: ports.map((port) => ({ port, protocol: "TCP" })) };
}

/** The address of the Service `kubernetes`: the first of the range, always. Some enforcers judge before it is translated. */
function apiService({ network }: Config): Peer {
    const bytes = ipaddr.IPv4.networkAddressFromCIDR(network.services).toByteArray();
    const last = bytes.length - 1;
    return block(`${bytes.map((byte, index) => (index === last ? byte + 1 : byte)).join(".")}/32`);
}

/** GKE: the control plane has a range of its own, and reaches pods through agents in kube-system. */
export function gcpPaths(config: Config): Paths {
    const { controlPlane, nodes } = config.network;
    return {
        apiServer: [tcp([block(controlPlane), apiService(config)], 443)],
        // Tokens of Workload Identity come from the metadata server, which with Dataplane V2 is asked at this address.
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
export function awsPaths(config: Config): Paths {
    const vpc = block(config.network.nodes);
    return {
        apiServer: [tcp([vpc, apiService(config)], 443)],
        // Credentials of Pod Identity come from the agent on the node, at this address.
        cloud: [tcp([internet, vpc], 443), tcp([block("169.254.170.23/32")], 80)],
        kubelets: [tcp([vpc], 10250)],
        webhookCallers: [vpc],
    };
}

/** Somebody else's cluster: nobody says where its control plane is, so it may be anywhere but on the link. */
export function existingPaths(): Paths {
    const anywhere: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };
    return {
        // The ports of hosted control planes, of kubeadm and kind, and of minikube.
        apiServer: [tcp([anywhere], 443, 6443, 8443)],
        cloud: [tcp([internet], 443)],
        kubelets: [tcp([anywhere], 10250)],
        webhookCallers: [],
    };
}
