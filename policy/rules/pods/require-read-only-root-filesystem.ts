import { checkRequired, eachContainer, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** An attacker cannot modify a read-only filesystem. Beyond the standard. */
export function checkReadOnlyRootFilesystem(pod: PodView): Finding[] {
    return pod.windows
        ? []
        : eachContainer(pod, (container) =>
              checkRequired(
                  pod,
                  leaf(container, "securityContext", "readOnlyRootFilesystem"),
                  oneOf(true),
                  "leaves the root filesystem writable",
                  container,
              ),
          );
}

export const requireReadOnlyRootFilesystem = podRule({
    name: "require-read-only-root-filesystem",
    description: "Every container must have a read-only root filesystem.",
    severity: "high",
    remediationSteps: "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir for written files.",
    check: checkReadOnlyRootFilesystem,
    url: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
});
