import { checkOptional, finding } from "../../lib/checks";
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

/** `default` has no quota, network policy or Pod Security labels. */
export function checkNamespace(object: ObjectView): Finding[] {
    const namespace = leaf(object, "metadata", "namespace");
    // Required in patches too, as part of the object's identity.
    return namespace.state === "absent"
        ? [finding(namespace, "is missing, which means the namespace default")]
        : checkOptional(namespace, (name) => name !== "" && name !== "default", "is the namespace default");
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
