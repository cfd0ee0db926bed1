import type { CustomKind } from "../../../custom-resources/pod-types";
import { holdsPods } from "../../lib/pod-source";
import { podRule } from "../../lib/pod-rule";
import { readPods } from "../../lib/pod";
import type { Finding, PolicyResource, ResourceRule } from "../../lib/types";

/** No other policy can check a pod or a container that is unknown before the update. */
export function checkReadable(resource: PolicyResource, kinds?: readonly CustomKind[]): Finding[] {
    return [...readPods(resource, kinds).unreadable];
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
    check: (resource, _config, kinds) => checkReadable(resource, kinds),
};
