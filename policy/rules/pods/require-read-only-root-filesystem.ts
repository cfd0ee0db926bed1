import { demand, eachContainer, oneOf } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** What cannot be written cannot be replaced by an intruder. The standard does not ask for it; this platform does. */
export function checkReadOnlyRootFilesystem(pod: PodView): Finding[] {
    return pod.windows
        ? []
        : eachContainer(pod, (container) =>
              demand(
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
    remediationSteps:
        "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where files are written.",
    check: checkReadOnlyRootFilesystem,
    url: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
});
