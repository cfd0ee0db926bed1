import { checkPodAndContainers, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** HostProcess containers are the privileged containers of Windows. */
export function checkWindowsHostProcess(pod: PodView): Finding[] {
    return checkPodAndContainers(
        pod,
        ["windowsOptions", "hostProcess"],
        oneOf(false),
        "runs the container as a host process",
    );
}

export const forbidWindowsHostProcess = podRule({
    name: "forbid-windows-host-process",
    description: "Windows containers must not run as host processes.",
    severity: "high",
    control: "windowsHostProcess",
    profile: "baseline",
    remediationSteps: "Remove windowsOptions.hostProcess or set it to false.",
    check: checkWindowsHostProcess,
});
