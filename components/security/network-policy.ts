import type * as k8s from "@pulumi/kubernetes";

import type { StoreEndpoint } from "../../catalog/stores";
import type { Reach } from "../cluster/types";
import { selectorLabels } from "../common/labels";
import { dnsEgress, type EgressRule, internet, podsIn, scraper } from "../common/peers";
import type { Caller, Declared, Destination, PodGroup } from "../layer";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;
type IngressRule = k8s.types.input.networking.v1.NetworkPolicyIngressRule;

/** Context for resolving declared callers and destinations. */
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
        // Callers are unknown: only the webhook's TLS protects it.
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

function storeEgress(endpoint: StoreEndpoint, reach: Reach): readonly EgressRule[] {
    if (endpoint.kind === "cluster") {
        return [{ to: [podsIn(endpoint.namespace, endpoint.podLabels)], ports: tcp(endpoint.port) }];
    }
    const { port, range, nodePorts } = endpoint;
    const nodes = nodePorts === undefined ? [] : [{ port: nodePorts[0], endPort: nodePorts[1], protocol: "TCP" }];
    return [
        { to: [{ ipBlock: { cidr: range } }], ports: [...tcp(port), ...nodes] },
        ...(endpoint.cloudIdentity === true ? reach.identity : []),
    ];
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
        return storeEgress(storeOf(context, destination.store), reach);
    }
    // NetworkPolicies do not support host names; the mesh restricts this by name.
    return [{ to: [internet], ports: tcp(destination.internet) }];
}

/** Removes duplicates: hosts on the same port have the same rule. */
function distinct<Rule>(rules: readonly Rule[]): Rule[] {
    return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

/**
 * The NetworkPolicy of a group of pods: allows exactly the declared traffic. The namespace's default deny covers the rest
 * (NW-05, NW-06, NW-09).
 */
export function networkPolicySpec(group: PodGroup, context: PolicyContext): Spec {
    const ingress = group.callers.flatMap((caller) => ingressOf(caller, context));
    const egress = distinct(group.calls.flatMap((destination) => [...egressOf(destination, context)]));
    return {
        podSelector: { matchLabels: { ...group.labels } },
        policyTypes: ["Ingress", "Egress"],
        // The API server drops an empty list, which would show as a difference in each update.
        ...(ingress.length === 0 ? {} : { ingress }),
        ...(egress.length === 0 ? {} : { egress }),
    };
}
