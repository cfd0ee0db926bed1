import { checkOptional, eachContainer, oneOf } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** An unmasked /proc exposes the node's kernel settings; the restricted profile never allows it. */
export function checkProcMount(pod: PodView): Finding[] {
    return eachContainer(pod, (container) =>
        checkOptional(leaf(container, "securityContext", "procMount"), oneOf("Default"), "unmasks /proc", container),
    );
}

export const requireDefaultProcMount = podRule({
    name: "require-default-proc-mount",
    description: "Containers must keep /proc masked, in a user namespace too.",
    severity: "medium",
    control: "procMount_restricted",
    profile: "restricted",
    remediationSteps: "Remove securityContext.procMount or set it to Default.",
    check: checkProcMount,
});
