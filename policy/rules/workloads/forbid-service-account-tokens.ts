import { checkRequired, oneOf } from "../../lib/checks";
import { configList, isListed, listSchema } from "../../lib/object-rule";
import type { PodView } from "../../lib/pod";
import { podRule } from "../../lib/pod-rule";
import { leaf } from "../../lib/read";
import type { Finding, RuleConfig } from "../../lib/types";

/**
 * The platform's ServiceAccounts that need the API: kube-bench reads it weekly (SC-12), and a job deletes old snapshots of the
 * database (ST-04). A policy config replaces the list.
 */
const shipped = ["kube-bench", "postgres-snapshots"];

/** An unused token is an API credential that can leak. The pod's field overrides the ServiceAccount's. */
export function checkTokenMount(pod: PodView, config: RuleConfig): Finding[] {
    return isListed(leaf(pod.spec, "serviceAccountName"), configList(config, "allow", shipped))
        ? []
        : checkRequired(
              pod,
              leaf(pod.spec, "automountServiceAccountToken"),
              oneOf(false),
              "mounts a token for the Kubernetes API into the pod",
          );
}

export const forbidServiceAccountTokens = podRule({
    name: "forbid-service-account-tokens",
    description: "Pods must not mount a token for the Kubernetes API unless the config lists their ServiceAccount.",
    severity: "medium",
    area: "workloads",
    reference: "SC-01",
    remediationSteps:
        "Set automountServiceAccountToken to false on the pod, or add the ServiceAccount to `allow` in this policy's config.",
    url: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    configProperties: listSchema("allow", "ServiceAccounts whose pods call the Kubernetes API.", shipped).properties,
    check: (pod, _settings, config) => checkTokenMount(pod, config),
});
