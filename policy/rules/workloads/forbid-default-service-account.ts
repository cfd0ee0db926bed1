import { checkRequired } from "../../lib/checks";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** Permissions of `default` apply to every pod of the namespace without a ServiceAccount. */
export function checkServiceAccount(pod: PodView): Finding[] {
    return checkRequired(
        pod,
        leaf(pod.spec, "serviceAccountName"),
        (name) => name !== "" && name !== "default",
        "gives the pod the namespace's default ServiceAccount",
    );
}

export const forbidDefaultServiceAccount = podRule({
    name: "forbid-default-service-account",
    description: "Pods must have their own ServiceAccount.",
    severity: "medium",
    area: "workloads",
    reference: "SC-04",
    onUnknown: "skip",
    remediationSteps: "Create a ServiceAccount for the workload and set serviceAccountName.",
    url: "https://kubernetes.io/docs/concepts/security/service-accounts/",
    check: checkServiceAccount,
});
