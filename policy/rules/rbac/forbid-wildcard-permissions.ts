import { checkOptional, finding } from "../../lib/checks";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { elements, leaf, type Leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

const fields = ["verbs", "resources", "apiGroups", "nonResourceURLs"];

/** A wildcard also grants access to future resources. */
export function checkWildcards(role: ObjectView): Finding[] {
    const { unknown, items } = elements(role, "rules");
    return unknown ? [finding(leaf(role, "rules"), "")] : items.flatMap(checkRule);
}

function checkRule(rule: Leaf): Finding[] {
    if (rule.state !== "known") {
        return checkOptional(rule, () => true, "");
    }
    return fields.flatMap((field) => {
        const list = leaf(rule, field);
        return list.state === "known"
            ? elements(list).items.flatMap((item) => checkOptional(item, (value) => value !== "*", "is a wildcard"))
            : checkOptional(list, () => true, "");
    });
}

export const forbidWildcardPermissions = objectRule({
    name: "forbid-wildcard-permissions",
    description: "Roles and ClusterRoles must list their verbs, resources and API groups.",
    severity: "high",
    area: "rbac",
    reference: "SC-04",
    kinds: ["rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole"],
    remediationSteps: "Replace * by the needed verbs, resources, API groups and URLs.",
    url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    check: checkWildcards,
});
