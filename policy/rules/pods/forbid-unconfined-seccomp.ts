import { eachContainer, finding, judge, oneOf } from "../../lib/judge";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf, type Node } from "../../lib/read";
import type { Finding } from "../../lib/types";

const filtered = oneOf("RuntimeDefault", "Localhost");

/** Judges the profiles that are set, of the pod and of each container. Whether one must be set is another rule's. */
export function checkSeccompIsFiltered(pod: PodView): Finding[] {
    return [
        ...checkSeccompProfile(pod, pod.spec),
        ...eachContainer(pod, (container) => checkSeccompProfile(pod, container, container)),
    ];
}

function checkSeccompProfile(pod: PodView, holder: Node, container?: ContainerView): Finding[] {
    const profile = leaf(holder, "securityContext", "seccompProfile");
    if (profile.state !== "known") {
        return judge(profile, () => true, "", container);
    }
    const type = leaf(profile, "type");
    return type.state === "absent" && !pod.partial
        ? [finding(type, "is left out of a profile that is set", container)]
        : judge(type, filtered, "lets every system call through", container);
}

/** Off by default: `require-seccomp-profile` refuses these and more. For programs that stop at baseline. */
export const forbidUnconfinedSeccomp = podRule({
    name: "forbid-unconfined-seccomp",
    description: "Seccomp profiles must be RuntimeDefault or Localhost where they are set.",
    severity: "medium",
    control: "seccompProfile_baseline",
    profile: "baseline",
    remediationSteps: "Remove the seccomp profile or set its type to RuntimeDefault.",
    check: checkSeccompIsFiltered,
});
