import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";
import { checkProcMount } from "./require-default-proc-mount";

/** As `require-default-proc-mount`, but the config can allow an unmasked /proc in user namespaces. */
export function checkBaselineProcMount(pod: PodView, settings: PodSettings): Finding[] {
    return settings.relaxForUserNamespaces && settings.standard >= 35 && pod.userNamespace ? [] : checkProcMount(pod);
}

/** Disabled by default, because `require-default-proc-mount` is stricter. For programs that enforce baseline only. */
export const requireBaselineProcMount = podRule({
    name: "require-baseline-proc-mount",
    description: "Containers must keep /proc masked unless they run in a user namespace.",
    severity: "medium",
    control: "procMount",
    profile: "baseline",
    relaxable: true,
    versioned: true,
    remediationSteps: "Remove securityContext.procMount or set it to Default.",
    check: checkBaselineProcMount,
});
