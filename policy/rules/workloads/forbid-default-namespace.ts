import { finding, judge } from "../../lib/judge";
import { objectRule, type ObjectView } from "../../lib/object-rule";
import { leaf } from "../../lib/read";
import type { Finding } from "../../lib/types";

const kinds: readonly string[] = [
    ...["Pod", "PodTemplate", "ReplicationController", "Service", "ServiceAccount", "ConfigMap", "Secret"],
    ...["PersistentVolumeClaim", "ResourceQuota", "LimitRange", "Endpoints"],
    ...["apps/Deployment", "apps/DaemonSet", "apps/ReplicaSet", "apps/StatefulSet", "batch/Job", "batch/CronJob"],
    ...["autoscaling/HorizontalPodAutoscaler", "policy/PodDisruptionBudget", "argoproj.io/Rollout"],
    ...["networking.k8s.io/NetworkPolicy", "networking.k8s.io/Ingress"],
    ...["rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/RoleBinding"],
];

/** `default` has no quota, no network policy and no security labels: what lands there is governed by nothing. */
export function checkNamespace(object: ObjectView): Finding[] {
    const namespace = leaf(object, "metadata", "namespace");
    // A patch needs the namespace as much as an object does: it says where to find what is patched.
    return namespace.state === "absent"
        ? [finding(namespace, "is left out, which puts the object into the namespace default")]
        : judge(namespace, (name) => name !== "" && name !== "default", "is the namespace default");
}

export const forbidDefaultNamespace = objectRule({
    name: "forbid-default-namespace",
    description: "Namespaced objects must name a namespace other than default.",
    severity: "medium",
    area: "workloads",
    reference: "PO-01",
    onUnknown: "skip",
    kinds,
    remediationSteps: "Set metadata.namespace to the namespace of the workload.",
    url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    check: checkNamespace,
});
