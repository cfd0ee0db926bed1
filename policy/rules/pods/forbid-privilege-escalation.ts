import { checkRequired, eachContainer, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** The default is true and there is no pod-level field, so every container has to set false. Not on Windows. */
export function checkPrivilegeEscalation(pod: PodView): Finding[] {
    return pod.windows
        ? []
        : eachContainer(pod, (container) =>
              checkRequired(
                  pod,
                  leaf(container, "securityContext", "allowPrivilegeEscalation"),
                  oneOf(false),
                  "lets a process gain more privileges than its parent",
                  container,
              ),
          );
}

export const forbidPrivilegeEscalation = podRule({
    name: "forbid-privilege-escalation",
    description: "Every container must set allowPrivilegeEscalation to false.",
    severity: "high",
    control: "allowPrivilegeEscalation",
    profile: "restricted",
    remediationSteps: "Set securityContext.allowPrivilegeEscalation to false on the container.",
    check: checkPrivilegeEscalation,
});
