import { checkOptional, finding, oneOf } from "../../lib/checks";
import { configList, isListed, listSchema, objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf } from "../../lib/read";
import type { Finding, RuleConfig } from "../../lib/types";

const modes = ["enforce", "audit", "warn"];

/** With these labels the API server also rejects pods that this pack does not see: from charts, operators, kubectl. */
export function checkPodSecurityLabels(namespace: ObjectView, config: RuleConfig): Finding[] {
    const lenient = isListed(leaf(namespace, "metadata", "name"), configList(config, "lenient"));
    const levels = lenient ? ["restricted", "baseline", "privileged"] : ["restricted"];
    return modes.flatMap((mode) => {
        const label = leaf(namespace, "metadata", "labels", `pod-security.kubernetes.io/${mode}`);
        return label.state === "absent" && !namespace.partial
            ? [finding(label, "is missing")]
            : checkOptional(label, oneOf(...levels), lenient ? "is not a level of the standard" : "is not restricted");
    });
}

export const requirePodSecurityLabels = objectRule({
    name: "require-pod-security-labels",
    description: "Namespaces must have Pod Security Admission enforce, audit and warn at the level restricted.",
    severity: "high",
    area: "namespaces",
    reference: "SC-02",
    kinds: ["Namespace"],
    remediationSteps:
        "Set the labels pod-security.kubernetes.io/enforce, /audit and /warn to restricted, or add the namespace to " +
        "`lenient` in this policy's config.",
    url: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    configSchema: listSchema("lenient", "Namespaces that may set another level; they must set one."),
    check: checkPodSecurityLabels,
});
