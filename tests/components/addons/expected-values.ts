/** Keys of the pod's and the container's security context by chart. */
export const contexts: Readonly<Record<string, { pod: readonly string[]; container: readonly string[] }>> = {
    "cert-manager": {
        pod: [
            "cainjector.securityContext",
            "securityContext",
            "startupapicheck.securityContext",
            "webhook.securityContext",
        ],
        container: [
            "cainjector.containerSecurityContext",
            "containerSecurityContext",
            "startupapicheck.containerSecurityContext",
            "webhook.containerSecurityContext",
        ],
    },
    "external-secrets": {
        pod: ["certController.podSecurityContext", "podSecurityContext", "webhook.podSecurityContext"],
        container: ["certController.securityContext", "securityContext", "webhook.securityContext"],
    },
    reloader: {
        pod: ["reloader.deployment.securityContext"],
        container: ["reloader.deployment.containerSecurityContext"],
    },
    "external-dns": { pod: ["podSecurityContext"], container: ["securityContext"] },
    "aws-load-balancer-controller": { pod: ["podSecurityContext"], container: ["securityContext"] },
    "metrics-server": { pod: ["podSecurityContext"], container: ["securityContext"] },
    "vertical-pod-autoscaler": { pod: ["podSecurityContext"], container: ["containerSecurityContext"] },
    "karpenter-crd": { pod: [], container: [] },
    "prometheus-operator-crds": { pod: [], container: [] },
    // The chart's template sets the container's.
    karpenter: { pod: ["podSecurityContext"], container: [] },
    "cloudnative-pg": { pod: ["podSecurityContext"], container: ["containerSecurityContext"] },
    "plugin-barman-cloud": { pod: ["podSecurityContext"], container: ["containerSecurityContext"] },
    strimzi: { pod: ["podSecurityContext"], container: ["securityContext"] },
    keda: {
        pod: ["metricServer", "operator", "webhooks"].map((part) => `podSecurityContext.${part}`),
        container: ["metricServer", "operator", "webhooks"].map((part) => `securityContext.${part}`),
    },
    eck: { pod: ["podSecurityContext"], container: ["securityContext"] },
};

/** Keys of the replicas by chart. */
export const replicas: Readonly<Record<string, readonly string[]>> = {
    "cert-manager": ["cainjector.replicaCount", "replicaCount", "webhook.replicaCount"],
    "external-secrets": ["certController.replicaCount", "replicaCount", "webhook.replicaCount"],
    reloader: ["reloader.deployment.replicas"],
    "external-dns": [],
    "aws-load-balancer-controller": ["replicaCount"],
    "metrics-server": ["replicas"],
    "vertical-pod-autoscaler": ["admissionController.replicas", "recommender.replicas", "updater.replicas"],
    "karpenter-crd": [],
    "prometheus-operator-crds": [],
    karpenter: ["replicas"],
    "cloudnative-pg": ["replicaCount"],
    "plugin-barman-cloud": ["replicaCount"],
    strimzi: ["replicas"],
    keda: ["metricsServer.replicaCount", "operator.replicaCount", "webhooks.replicaCount"],
    eck: ["replicaCount"],
};

/** Charts of which only the leader serves: one replica in every tier. */
export const alone: ReadonlySet<string> = new Set(["plugin-barman-cloud"]);

/** Charts without a key for spread, which have an anti-affinity. */
export const byAffinity: ReadonlySet<string> = new Set(["vertical-pod-autoscaler", "eck"]);
