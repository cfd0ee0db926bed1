import { holdsPods } from "../../lib/pod-source";
import { podRule } from "../../lib/pod-rule";
import { readPods } from "../../lib/pod";
import type { Finding, PolicyResource, ResourceRule } from "../../lib/types";

/** The other policies cannot check a pod or container that is unknown before the update. */
export function checkReadable(resource: PolicyResource): Finding[] {
    return [...readPods(resource).unreadable];
}

export const requireReadablePods: ResourceRule = {
    ...podRule({
        name: "require-readable-pods",
        description: "Pod templates and their lists of containers must be known before the update.",
        severity: "high",
        remediationSteps: "Use plain values for the template and its containers; only single fields may be outputs.",
        check: () => [],
        url: "https://www.pulumi.com/docs/iac/concepts/inputs-outputs/",
    }),
    applies: holdsPods,
    check: checkReadable,
};
