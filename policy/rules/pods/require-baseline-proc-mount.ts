import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";
import { checkProcMount } from "./require-default-proc-mount";

/** As `require-default-proc-mount`, but a user namespace may unmask /proc where the config says so. */
export function checkBaselineProcMount(pod: PodView, settings: PodSettings): Finding[] {
    return settings.relaxForUserNamespaces && settings.standard >= 35 && pod.userNamespace ? [] : checkProcMount(pod);
}

/** Off by default: `require-default-proc-mount` is as strict or stricter. For programs that stop at baseline. */
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
