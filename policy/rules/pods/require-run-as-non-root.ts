import { eachContainer, finding, judge, oneOf } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** The pod's `false` is a fault of its own, even where every container overrides it. */
export function checkRunAsNonRoot(pod: PodView, settings: PodSettings): Finding[] {
    if (settings.relaxForUserNamespaces && settings.standard >= 35 && pod.userNamespace) {
        return [];
    }
    const forPod = leaf(pod.spec, "securityContext", "runAsNonRoot");
    const inherits = pod.partial || forPod.state !== "absent";
    return [
        ...judge(forPod, oneOf(true), "lets containers run as root"),
        ...eachContainer(pod, (container) => {
            const own = leaf(container, "securityContext", "runAsNonRoot");
            return own.state === "absent" && !inherits
                ? [finding(own, "is set neither here nor for the pod", container)]
                : judge(own, oneOf(true), "lets the container run as root", container);
        }),
    ];
}

export const requireRunAsNonRoot = podRule({
    name: "require-run-as-non-root",
    description: "Containers must be kept from running as root.",
    severity: "high",
    control: "runAsNonRoot",
    profile: "restricted",
    relaxable: true,
    versioned: true,
    remediationSteps: "Set securityContext.runAsNonRoot to true on the pod, and nowhere to false.",
    check: checkRunAsNonRoot,
});
