import { eachContainer, finding } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";
import { checkSeccompIsFiltered } from "./forbid-unconfined-seccomp";

/** Every container has a filtering profile, its own or the pod's. Windows has no seccomp. */
export function checkSeccompProfiles(pod: PodView): Finding[] {
    if (pod.windows) {
        return [];
    }
    const bad = checkSeccompIsFiltered(pod);
    // One finding for the pod's profile, none for the containers that inherit it.
    if (pod.partial || leaf(pod.spec, "securityContext", "seccompProfile").state !== "absent") {
        return bad;
    }
    const missing = eachContainer(pod, (container) => {
        const own = leaf(container, "securityContext", "seccompProfile");
        return own.state === "absent" ? [finding(own, "is set neither here nor for the pod", container)] : [];
    });
    return [...bad, ...missing];
}

export const requireSeccompProfile = podRule({
    name: "require-seccomp-profile",
    description: "Every container must run under a seccomp profile that filters system calls.",
    severity: "medium",
    control: "seccompProfile_restricted",
    profile: "restricted",
    remediationSteps: "Set securityContext.seccompProfile.type to RuntimeDefault, on the pod or on each container.",
    check: checkSeccompProfiles,
});
