/** A custom resource that the program creates. Its TypeScript type is generated from the pinned definition. */
export interface UsedKind {
    /** Project of the definition in `tests/cluster/crds.lock.json`. */
    readonly project: string;
    readonly apiGroup: string;
    readonly version: string;
    readonly kind: string;
}

/** The kinds with a generated type in `types/`, only those that the program uses. To add one, also run `npm run crd-types`. */
export const usedKinds: readonly UsedKind[] = [
    { project: "karpenter", apiGroup: "karpenter.sh", version: "v1", kind: "NodePool" },
    { project: "karpenter", apiGroup: "karpenter.k8s.aws", version: "v1", kind: "EC2NodeClass" },
    { project: "vpa", apiGroup: "autoscaling.k8s.io", version: "v1", kind: "VerticalPodAutoscaler" },
    {
        project: "external-snapshotter",
        apiGroup: "snapshot.storage.k8s.io",
        version: "v1",
        kind: "VolumeSnapshotClass",
    },
    { project: "cert-manager", apiGroup: "cert-manager.io", version: "v1", kind: "Certificate" },
    { project: "cert-manager", apiGroup: "cert-manager.io", version: "v1", kind: "ClusterIssuer" },
    { project: "prometheus-operator", apiGroup: "monitoring.coreos.com", version: "v1", kind: "PodMonitor" },
    { project: "prometheus-operator", apiGroup: "monitoring.coreos.com", version: "v1", kind: "PrometheusRule" },
    { project: "cloudnative-pg", apiGroup: "postgresql.cnpg.io", version: "v1", kind: "Cluster" },
    { project: "cloudnative-pg", apiGroup: "postgresql.cnpg.io", version: "v1", kind: "Pooler" },
    { project: "cloudnative-pg", apiGroup: "postgresql.cnpg.io", version: "v1", kind: "ScheduledBackup" },
    { project: "plugin-barman-cloud", apiGroup: "barmancloud.cnpg.io", version: "v1", kind: "ObjectStore" },
    { project: "strimzi", apiGroup: "kafka.strimzi.io", version: "v1", kind: "Kafka" },
    { project: "strimzi", apiGroup: "kafka.strimzi.io", version: "v1", kind: "KafkaNodePool" },
    { project: "strimzi", apiGroup: "kafka.strimzi.io", version: "v1", kind: "KafkaTopic" },
    { project: "strimzi", apiGroup: "kafka.strimzi.io", version: "v1", kind: "KafkaUser" },
    { project: "keda", apiGroup: "keda.sh", version: "v1alpha1", kind: "ClusterTriggerAuthentication" },
    { project: "keda", apiGroup: "keda.sh", version: "v1alpha1", kind: "ScaledObject" },
    { project: "eck", apiGroup: "elasticsearch.k8s.elastic.co", version: "v1", kind: "Elasticsearch" },
    { project: "percona-psmdb", apiGroup: "psmdb.percona.com", version: "v1", kind: "PerconaServerMongoDB" },
];
