import { type Facts, nothing } from "./fact";
import type { JsonObject } from "./json";
import { networkPolicyFacts, podFacts, rbacFacts, secretFacts } from "./kubernetes-facts";

const workload = (inputs: JsonObject): JsonObject => podFacts(inputs);

/** The fact table's Kubernetes kinds. */
export const kubernetesFactTable: Readonly<Record<string, Facts>> = {
    "kubernetes:apps/v1:DaemonSet": workload,
    "kubernetes:apps/v1:Deployment": workload,
    "kubernetes:apps/v1:StatefulSet": workload,
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": ["spec.minReplicas", "spec.maxReplicas"],
    "kubernetes:batch/v1:CronJob": workload,
    "kubernetes:batch/v1:Job": workload,
    "kubernetes:core/v1:ConfigMap": nothing,
    "kubernetes:core/v1:LimitRange": nothing,
    "kubernetes:core/v1:Namespace": [
        "podSecurity: metadata.labels.pod-security\\.kubernetes\\.io/enforce",
        "podSecurityVersion: metadata.labels.pod-security\\.kubernetes\\.io/enforce-version",
    ],
    "kubernetes:core/v1:ResourceQuota": ["spec.hard"],
    "kubernetes:core/v1:Secret": secretFacts,
    "kubernetes:core/v1:Service": ["spec.type", "ports: spec.ports[].port", "spec.loadBalancerSourceRanges"],
    "kubernetes:core/v1:ServiceAccount": ["automountServiceAccountToken", "metadata.annotations"],
    "kubernetes:helm.sh/v3:Release": ["chart", "version", "repositoryOpts.repo", "namespace"],
    "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": [
        "images: spec.amiSelectorTerms[].alias",
        "tokens: spec.metadataOptions.httpTokens",
        "hops: spec.metadataOptions.httpPutResponseHopLimit",
        "encrypted: spec.blockDeviceMappings[].ebs.encrypted",
        "public: spec.associatePublicIPAddress",
    ],
    "kubernetes:karpenter.sh/v1:NodePool": [
        "limits: spec.limits",
        "taints: spec.template.spec.taints",
        "class: spec.template.spec.nodeClassRef.name",
    ],
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": networkPolicyFacts,
    "kubernetes:policy/v1:PodDisruptionBudget": ["spec.maxUnavailable", "spec.minAvailable"],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": rbacFacts,
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": rbacFacts,
    "kubernetes:rbac.authorization.k8s.io/v1:Role": rbacFacts,
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": rbacFacts,
    "kubernetes:scheduling.k8s.io/v1:PriorityClass": ["value", "globalDefault"],
    "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass": ["driver", "deletionPolicy"],
    "kubernetes:storage.k8s.io/v1:StorageClass": [
        "provisioner",
        "reclaimPolicy",
        "parameters.type",
        "parameters.encrypted",
        "kmsKey: parameters.disk-encryption-kms-key",
        "parameters.kmsKeyId",
        "replication: parameters.replication-type",
    ],
};
