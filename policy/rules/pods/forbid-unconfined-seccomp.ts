import { checkOptional, eachContainer, finding, oneOf } from "../../lib/checks";
import type { ContainerView, PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf, type Node } from "../../lib/read";
import type { Finding } from "../../lib/types";

const filtered = oneOf("RuntimeDefault", "Localhost");

/** Checks the profiles that are set; `require-seccomp-profile` checks that one is. */
export function checkSeccompIsFiltered(pod: PodView): Finding[] {
    return [
        ...checkSeccompProfile(pod, pod.spec),
        ...eachContainer(pod, (container) => checkSeccompProfile(pod, container, container)),
    ];
}

function checkSeccompProfile(pod: PodView, holder: Node, container?: ContainerView): Finding[] {
    const profile = leaf(holder, "securityContext", "seccompProfile");
    if (profile.state !== "known") {
        return checkOptional(profile, () => true, "", container);
    }
    const type = leaf(profile, "type");
    return type.state === "absent" && !pod.partial
        ? [finding(type, "is missing in the profile", container)]
        : checkOptional(type, filtered, "allows every system call", container);
}

/** Disabled by default, because `require-seccomp-profile` is stricter. For programs that enforce baseline only. */
export const forbidUnconfinedSeccomp = podRule({
    name: "forbid-unconfined-seccomp",
    description: "Seccomp profiles must be RuntimeDefault or Localhost where they are set.",
    severity: "medium",
    control: "seccompProfile_baseline",
    profile: "baseline",
    remediationSteps: "Remove the seccomp profile or set its type to RuntimeDefault.",
    check: checkSeccompIsFiltered,
});
