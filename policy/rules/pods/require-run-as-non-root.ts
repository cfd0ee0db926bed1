import { checkOptional, eachContainer, finding, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** `false` for the pod is a violation even if every container overrides it. */
export function checkRunAsNonRoot(pod: PodView, settings: PodSettings): Finding[] {
    if (settings.relaxForUserNamespaces && settings.standard >= 35 && pod.userNamespace) {
        return [];
    }
    const forPod = leaf(pod.spec, "securityContext", "runAsNonRoot");
    const inherits = pod.partial || forPod.state !== "absent";
    return [
        ...checkOptional(forPod, oneOf(true), "allows containers to run as root"),
        ...eachContainer(pod, (container) => {
            const own = leaf(container, "securityContext", "runAsNonRoot");
            return own.state === "absent" && !inherits
                ? [finding(own, "is set neither here nor for the pod", container)]
                : checkOptional(own, oneOf(true), "allows the container to run as root", container);
        }),
    ];
}

export const requireRunAsNonRoot = podRule({
    name: "require-run-as-non-root",
    description: "Containers must not run as root.",
    severity: "high",
    control: "runAsNonRoot",
    profile: "restricted",
    relaxable: true,
    versioned: true,
    remediationSteps: "Set securityContext.runAsNonRoot to true on the pod, and to false on no container.",
    check: checkRunAsNonRoot,
});
