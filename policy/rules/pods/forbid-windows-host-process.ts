import { judgeBoth, oneOf } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** Windows' way to be privileged. */
export function checkWindowsHostProcess(pod: PodView): Finding[] {
    return judgeBoth(
        pod,
        ["windowsOptions", "hostProcess"],
        oneOf(false),
        "runs the container as a process of the node",
    );
}

export const forbidWindowsHostProcess = podRule({
    name: "forbid-windows-host-process",
    description: "Windows containers must not run as processes of the node.",
    severity: "high",
    control: "windowsHostProcess",
    profile: "baseline",
    remediationSteps: "Remove windowsOptions.hostProcess or set it to false.",
    check: checkWindowsHostProcess,
});
