import type * as k8s from "@pulumi/kubernetes";

import { dnsEgress, type EgressRule, scraper } from "../common/peers";
import type { Paths } from "../cluster/paths";
import type { Destination, PodGroup } from "./types";

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;

/** Every destination once, and a rule that two of them share once. */
function egress(calls: readonly Destination[], paths: Paths): EgressRule[] {
    const to = { "api-server": paths.apiServer, cloud: paths.cloud, kubelets: paths.kubelets };
    const rules = new Map(calls.flatMap((call) => to[call].map((rule) => [JSON.stringify(rule), rule])));
    return [...rules.values()];
}

/**
 * What pods of a chart may send and receive: calls of the API server to their webhook, the scrape of their metrics, DNS
 * and the places that they work with. No chart's own policy is switched on: those let out to anywhere (NW-05).
 */
export function podGroupPolicySpec(group: PodGroup, paths: Paths): Spec {
    const port = (number: number) => [{ port: number, protocol: "TCP" }];
    const callers = paths.webhookCallers.length === 0 ? {} : { from: [...paths.webhookCallers] };
    const ingress = [
        ...(group.webhook === undefined ? [] : [{ ...callers, ports: port(group.webhook) }]),
        ...(group.metrics === undefined ? [] : [{ from: [scraper], ports: port(group.metrics) }]),
    ];
    return {
        podSelector: { matchLabels: { ...group.labels } },
        policyTypes: ["Ingress", "Egress"],
        // An empty list would be dropped by the API server, and written anew by each update.
        ...(ingress.length === 0 ? {} : { ingress }),
        // Said again for namespaces of ours, where every pod has it: kube-system has no such rule.
        egress: [dnsEgress(), ...egress(group.calls, paths)],
    };
}
