import { onlyPresence, type ShownInputs } from "../types";
import { networkPolicyInputs } from "./network-policy";
import { podInputs } from "./pod";
import { rbacInputs } from "./rbac";
import { secretInputs } from "./secret";
import { storeInputs } from "./stores";

/** Inputs of Kubernetes objects in a golden plan. */
export const kubernetesInputs: Readonly<Record<string, ShownInputs>> = {
    ...storeInputs,
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": [
        "resources: spec.matchConstraints.resourceRules[].resources",
        "operations: spec.matchConstraints.resourceRules[].operations",
        "checks: spec.validations[].expression",
    ],
    "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": [
        "policy: spec.policyName",
        "actions: spec.validationActions",
        "namespaces: spec.matchResources.namespaceSelector.matchExpressions[].values",
    ],
    "kubernetes:apps/v1:DaemonSet": podInputs,
    "kubernetes:apps/v1:Deployment": podInputs,
    "kubernetes:apps/v1:StatefulSet": podInputs,
    "kubernetes:autoscaling.k8s.io/v1:VerticalPodAutoscaler": ["mode: spec.updatePolicy.updateMode"],
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": ["spec.minReplicas", "spec.maxReplicas"],
    "kubernetes:keda.sh/v1alpha1:ClusterTriggerAuthentication": ["secret: spec.secretTargetRef.0.name"],
    "kubernetes:keda.sh/v1alpha1:ScaledObject": ["spec.minReplicaCount", "spec.maxReplicaCount"],
    "kubernetes:batch/v1:CronJob": podInputs,
    "kubernetes:batch/v1:Job": podInputs,
    "kubernetes:cert-manager.io/v1:Certificate": [
        "authority: spec.isCA",
        "secret: spec.secretName",
        "usages: spec.usages",
        "issuer: spec.issuerRef.name",
    ],
    "kubernetes:cert-manager.io/v1:ClusterIssuer": ["authority: spec.ca.secretName"],
    "kubernetes:core/v1:ConfigMap": onlyPresence,
    "kubernetes:core/v1:LimitRange": onlyPresence,
    "kubernetes:core/v1:Namespace": [
        "podSecurity: metadata.labels.pod-security\\.kubernetes\\.io/enforce",
        "podSecurityVersion: metadata.labels.pod-security\\.kubernetes\\.io/enforce-version",
    ],
    "kubernetes:core/v1:ResourceQuota": ["spec.hard"],
    "kubernetes:core/v1:Secret": secretInputs,
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
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": networkPolicyInputs,
    "kubernetes:policy/v1:PodDisruptionBudget": ["spec.maxUnavailable", "spec.minAvailable"],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": rbacInputs,
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": rbacInputs,
    "kubernetes:rbac.authorization.k8s.io/v1:Role": rbacInputs,
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": rbacInputs,
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
