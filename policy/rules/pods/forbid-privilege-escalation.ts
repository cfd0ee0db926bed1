import { demand, eachContainer, oneOf } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** Left out means allowed, and a pod has no such field: every container has to say no. Windows is let off. */
export function checkPrivilegeEscalation(pod: PodView): Finding[] {
    return pod.windows
        ? []
        : eachContainer(pod, (container) =>
              demand(
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
