import { checkAddedCapabilities } from "./drop-all-capabilities";
import { eachContainer } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** Default capabilities of container runtimes, without NET_RAW. */
export const baselineCapabilities: readonly string[] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

export function checkBaselineCapabilities(pod: PodView): Finding[] {
    return eachContainer(pod, (container) => checkAddedCapabilities(container, baselineCapabilities));
}

/** Disabled by default, because `drop-all-capabilities` is stricter. For programs that enforce baseline only. */
export const allowOnlyBaselineCapabilities = podRule({
    name: "allow-only-baseline-capabilities",
    description: "Containers must not add capabilities beyond the runtime's defaults.",
    severity: "high",
    control: "capabilities_baseline",
    profile: "baseline",
    remediationSteps: "Remove the capability from securityContext.capabilities.add.",
    check: checkBaselineCapabilities,
});
