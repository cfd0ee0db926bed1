import type * as k8s from "@pulumi/kubernetes";

import type { StoreEndpoint } from "../../catalog/stores";
import type { Reach } from "../cluster/types";
import { selectorLabels } from "../common/labels";
import { dnsEgress, type EgressRule, internet, type Peer, podsIn, scraper } from "../common/peers";
import type { Caller, Declared, Destination, PodGroup } from "../layer";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;
type IngressRule = k8s.types.input.networking.v1.NetworkPolicyIngressRule;

/** What declarations are resolved with. */
export interface PolicyContext {
    readonly declared: Pick<Declared, "graph" | "stores">;
    readonly reach: Reach;
}

function tcp(port: number) {
    return [{ port, protocol: "TCP" }];
}

function storeOf({ declared }: PolicyContext, name: string): StoreEndpoint {
    const endpoint = declared.stores[name];
    if (endpoint === undefined) {
        throw new Error(`store ${name} is not declared; give one of ${Object.keys(declared.stores).join(", ")}`);
    }
    return endpoint;
}

function ingressOf(caller: Caller, context: PolicyContext): IngressRule[] {
    if ("webhook" in caller) {
        const { webhookCallers } = context.reach;
        // Without known callers the API server's own certificate check is what is left.
        return [{ ...(webhookCallers.length === 0 ? {} : { from: [...webhookCallers] }), ports: tcp(caller.webhook) }];
    }
    if ("metrics" in caller) {
        return [{ from: [scraper], ports: tcp(caller.metrics) }];
    }
    if ("pods" in caller) {
        return [{ from: [podsIn(caller.pods.namespace, caller.pods.labels)], ports: tcp(caller.port) }];
    }
    if ("callersOf" in caller) {
        const { port } = storeOf(context, caller.callersOf);
        return context.declared.graph.storeCallers(caller.callersOf).map(({ workload, namespace }) => ({
            from: [podsIn(namespace, selectorLabels(workload))],
            ports: tcp(port),
        }));
    }
    return [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp(caller.anyAddress) }];
}

function storePeer(endpoint: StoreEndpoint): Peer {
    return endpoint.kind === "cluster"
        ? podsIn(endpoint.namespace, endpoint.podLabels)
        : { ipBlock: { cidr: endpoint.range } };
}

function egressOf(destination: Destination, context: PolicyContext): readonly EgressRule[] {
    const { reach } = context;
    const fixed = { dns: [dnsEgress()], "api-server": reach.apiServer, cloud: reach.cloud, kubelets: reach.kubelets };
    if (typeof destination === "string") {
        return fixed[destination];
    }
    if ("pods" in destination) {
        return [{ to: [podsIn(destination.pods.namespace, destination.pods.labels)], ports: tcp(destination.port) }];
    }
    if ("store" in destination) {
        const endpoint = storeOf(context, destination.store);
        return [{ to: [storePeer(endpoint)], ports: tcp(endpoint.port) }];
    }
    // A NetworkPolicy knows no host names: by name the mesh narrows this further.
    return [{ to: [internet], ports: tcp(destination.internet) }];
}

/** Each rule once: two hosts on one port are the same block of addresses. */
function distinct<Rule>(rules: readonly Rule[]): Rule[] {
    return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

/**
 * What a group of pods may receive and send: exactly what it declares. With the namespace's default deny, nothing else
 * (NW-05, NW-06, NW-09).
 */
export function networkPolicySpec(group: PodGroup, context: PolicyContext): Spec {
    const ingress = group.callers.flatMap((caller) => ingressOf(caller, context));
    const egress = distinct(group.calls.flatMap((destination) => [...egressOf(destination, context)]));
    return {
        podSelector: { matchLabels: { ...group.labels } },
        policyTypes: ["Ingress", "Egress"],
        // The API server drops an empty list, and each update would write it again.
        ...(ingress.length === 0 ? {} : { ingress }),
        ...(egress.length === 0 ? {} : { egress }),
    };
}
