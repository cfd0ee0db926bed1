import { checkOptional, finding, oneOf } from "../../lib/checks";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** A node port is open on every node and bypasses the gateway. */
export function checkNodePorts(service: ObjectView): Finding[] {
    const { unknown, items } = elements(service, "spec", "ports");
    const ports = leaf(service, "spec", "ports");
    return [
        ...checkOptional(leaf(service, "spec", "type"), (type) => type !== "NodePort", "opens a port on every node"),
        ...(unknown ? [finding(ports, "")] : []),
        ...items.flatMap((port) =>
            port.state === "known"
                ? checkOptional(leaf(port, "nodePort"), oneOf(0), "opens a port on every node")
                : checkOptional(port, () => true, ""),
        ),
    ];
}

export const forbidNodePorts = objectRule({
    name: "forbid-node-ports",
    description: "Services must not open ports on nodes.",
    severity: "high",
    area: "network",
    reference: "PO-01",
    kinds: ["Service"],
    remediationSteps: "Use the type ClusterIP and route through the gateway.",
    url: "https://kubernetes.io/docs/concepts/services-networking/service/",
    check: checkNodePorts,
});
