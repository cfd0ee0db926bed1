import { checkOptional, eachContainer, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** A privileged container has root access to the node. */
export function checkPrivileged(pod: PodView): Finding[] {
    return eachContainer(pod, (container) =>
        checkOptional(
            leaf(container, "securityContext", "privileged"),
            oneOf(false),
            "makes the container privileged",
            container,
        ),
    );
}

export const forbidPrivilegedContainers = podRule({
    name: "forbid-privileged-containers",
    description: "Containers must not be privileged.",
    severity: "critical",
    control: "privileged",
    profile: "baseline",
    remediationSteps: "Remove securityContext.privileged or set it to false.",
    check: checkPrivileged,
});
