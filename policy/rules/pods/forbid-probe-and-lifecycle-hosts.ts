import { checkOptional, eachContainer, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

const handlers: readonly (readonly string[])[] = [
    ["livenessProbe"],
    ["readinessProbe"],
    ["startupProbe"],
    ["lifecycle", "postStart"],
    ["lifecycle", "preStop"],
];

/** With a host set, the kubelet sends requests from the node's network to an arbitrary address. */
export function checkProbeHosts(pod: PodView): Finding[] {
    return eachContainer(pod, (container) =>
        handlers.flatMap((handler) =>
            ["httpGet", "tcpSocket"].flatMap((action) =>
                checkOptional(
                    leaf(container, ...handler, action, "host"),
                    oneOf(""),
                    "makes the kubelet call a host other than the pod",
                    container,
                ),
            ),
        ),
    );
}

export const forbidProbeAndLifecycleHosts = podRule({
    name: "forbid-probe-and-lifecycle-hosts",
    description: "Probes and lifecycle hooks must call the pod itself, not another host.",
    severity: "medium",
    control: "hostProbesAndHostLifecycle",
    profile: "baseline",
    since: 34,
    remediationSteps: "Remove host: the pod's own address is the default. Set a Host header with httpHeaders.",
    check: checkProbeHosts,
});
