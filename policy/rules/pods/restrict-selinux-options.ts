import { checkPodAndContainers, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** Allowed types; the standard added `container_engine_t` in 1.31. */
const confinedTypes = ["", "container_t", "container_init_t", "container_kvm_t"];

/** Only the type may be set, and only to an allowed one. */
export function checkSeLinuxOptions(pod: PodView, settings: PodSettings): Finding[] {
    const types = settings.standard >= 31 ? [...confinedTypes, "container_engine_t"] : confinedTypes;
    return [
        ...checkPodAndContainers(pod, ["seLinuxOptions", "type"], oneOf(...types), "is not an allowed SELinux type"),
        ...checkPodAndContainers(pod, ["seLinuxOptions", "user"], oneOf(""), "sets an SELinux user"),
        ...checkPodAndContainers(pod, ["seLinuxOptions", "role"], oneOf(""), "sets an SELinux role"),
    ];
}

export const restrictSeLinuxOptions = podRule({
    name: "restrict-selinux-options",
    description: "SELinux options must keep containers confined.",
    severity: "medium",
    control: "seLinuxOptions",
    profile: "baseline",
    versioned: true,
    remediationSteps: "Remove seLinuxOptions.user and .role, and set the type container_t or none.",
    check: checkSeLinuxOptions,
});
