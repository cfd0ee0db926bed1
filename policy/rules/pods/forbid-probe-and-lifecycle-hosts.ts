import { eachContainer, judge, oneOf } from "../../lib/judge";
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

/** The kubelet would send the request: with a host of the pod's choice, from the node's network. */
export function checkProbeHosts(pod: PodView): Finding[] {
    return eachContainer(pod, (container) =>
        handlers.flatMap((handler) =>
            ["httpGet", "tcpSocket"].flatMap((action) =>
                judge(
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
