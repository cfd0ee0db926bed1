import { demand } from "../../lib/judge";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

/** What is granted to `default` is granted to every pod of the namespace that says nothing. */
export function checkServiceAccount(pod: PodView): Finding[] {
    return demand(
        pod,
        leaf(pod.spec, "serviceAccountName"),
        (name) => name !== "" && name !== "default",
        "leaves the pod with the namespace's default ServiceAccount",
    );
}

export const forbidDefaultServiceAccount = podRule({
    name: "forbid-default-service-account",
    description: "Pods must run under a ServiceAccount of their own.",
    severity: "medium",
    area: "workloads",
    reference: "SC-04",
    onUnknown: "skip",
    remediationSteps: "Create a ServiceAccount for the workload and name it in serviceAccountName.",
    url: "https://kubernetes.io/docs/concepts/security/service-accounts/",
    check: checkServiceAccount,
});
