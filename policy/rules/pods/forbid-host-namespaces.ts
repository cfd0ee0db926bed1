import { checkOptional, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** Pods must not access the node's network, processes and shared memory. */
export function checkHostNamespaces(pod: PodView): Finding[] {
    return ["hostNetwork", "hostPID", "hostIPC"].flatMap((field) =>
        checkOptional(leaf(pod.spec, field), oneOf(false), "shares a host namespace with the pod"),
    );
}

export const forbidHostNamespaces = podRule({
    name: "forbid-host-namespaces",
    description: "Pods must not share the node's network, process or IPC namespace.",
    severity: "high",
    control: "hostNamespaces",
    profile: "baseline",
    remediationSteps: "Remove hostNetwork, hostPID and hostIPC, or set them to false.",
    check: checkHostNamespaces,
});
