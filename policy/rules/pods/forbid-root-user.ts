import { checkPodAndContainers } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule, type PodSettings } from "../../lib/pod-rule";
import type { Finding } from "../../lib/types";

/** User 0 is rejected for the pod even if every container overrides it. Unset is allowed. */
export function checkRootUser(pod: PodView, settings: PodSettings): Finding[] {
    return settings.relaxForUserNamespaces && settings.standard >= 35 && pod.userNamespace
        ? []
        : checkPodAndContainers(
              pod,
              ["runAsUser"],
              (value) => typeof value === "number" && value !== 0,
              "is not a non-zero user id",
          );
}

export const forbidRootUser = podRule({
    name: "forbid-root-user",
    description: "Containers must not set user 0.",
    severity: "high",
    control: "runAsUser",
    profile: "restricted",
    since: 23,
    relaxable: true,
    remediationSteps: "Set securityContext.runAsUser to a non-zero user, or remove it.",
    check: checkRootUser,
});
