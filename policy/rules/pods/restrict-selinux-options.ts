import { judgeBoth, oneOf } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** Types that confine a container; `container_engine_t` joined the standard in 1.31. */
const confinedTypes = ["", "container_t", "container_init_t", "container_kvm_t"];

/** Only the type may be chosen, and only among those that confine. */
export function checkSeLinuxOptions(pod: PodView, settings: PodSettings): Finding[] {
    const types = settings.standard >= 31 ? [...confinedTypes, "container_engine_t"] : confinedTypes;
    return [
        ...judgeBoth(pod, ["seLinuxOptions", "type"], oneOf(...types), "is no SELinux type that confines a container"),
        ...judgeBoth(pod, ["seLinuxOptions", "user"], oneOf(""), "sets an SELinux user"),
        ...judgeBoth(pod, ["seLinuxOptions", "role"], oneOf(""), "sets an SELinux role"),
    ];
}

export const restrictSeLinuxOptions = podRule({
    name: "restrict-selinux-options",
    description: "SELinux options must keep containers confined.",
    severity: "medium",
    control: "seLinuxOptions",
    profile: "baseline",
    versioned: true,
    remediationSteps: "Remove seLinuxOptions.user and .role, and use the type container_t or leave it out.",
    check: checkSeLinuxOptions,
});
