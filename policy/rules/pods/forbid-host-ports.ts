import { eachContainer, finding, judge, oneOf } from "../../lib/judge";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** A port of the node by-passes Services and network policies. */
export function checkHostPorts(pod: PodView): Finding[] {
    return eachContainer(pod, checkPorts);
}

function checkPorts(container: ContainerView): Finding[] {
    const { unknown, items } = elements(container, "ports");
    if (unknown) {
        return [finding(leaf(container, "ports"), "", container)];
    }
    return items.flatMap((port) =>
        port.state === "known"
            ? judge(leaf(port, "hostPort"), oneOf(0), "opens a port of the node", container)
            : judge(port, () => true, "", container),
    );
}

export const forbidHostPorts = podRule({
    name: "forbid-host-ports",
    description: "Containers must not open ports of the node.",
    severity: "high",
    control: "hostPorts",
    profile: "baseline",
    remediationSteps: "Remove hostPort and reach the pod through a Service.",
    check: checkHostPorts,
});
