import { checkOptional, eachContainer, finding, oneOf } from "../../lib/checks";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { elements, leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** A host port bypasses Services and network policies. */
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
            ? checkOptional(leaf(port, "hostPort"), oneOf(0), "opens a host port", container)
            : checkOptional(port, () => true, "", container),
    );
}

export const forbidHostPorts = podRule({
    name: "forbid-host-ports",
    description: "Containers must not open host ports.",
    severity: "high",
    control: "hostPorts",
    profile: "baseline",
    remediationSteps: "Remove hostPort and reach the pod through a Service.",
    check: checkHostPorts,
});
