import { judgeBoth } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** User 0 is refused wherever it is written, even where nobody would inherit it. Left out is fine. */
export function checkRootUser(pod: PodView, settings: PodSettings): Finding[] {
    return settings.relaxForUserNamespaces && settings.standard >= 35 && pod.userNamespace
        ? []
        : judgeBoth(pod, ["runAsUser"], (value) => typeof value === "number" && value !== 0, "chooses the user root");
}

export const forbidRootUser = podRule({
    name: "forbid-root-user",
    description: "Containers must not be told to run as user 0.",
    severity: "high",
    control: "runAsUser",
    profile: "restricted",
    since: 23,
    relaxable: true,
    remediationSteps: "Set securityContext.runAsUser to another user than 0, or leave it to the image.",
    check: checkRootUser,
});
