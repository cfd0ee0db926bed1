import type { ShownInputs } from "../types";

/** Inputs of the stores' custom resources: size, durability, encryption, and what each user may do. */
export const storeInputs: Readonly<Record<string, ShownInputs>> = {
    "kubernetes:barmancloud.cnpg.io/v1:ObjectStore": [
        "to: spec.configuration.destinationPath",
        "retention: spec.retentionPolicy",
    ],
    "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch": [
        "image: spec.image",
        "nodes: spec.nodeSets[].count",
        "storage: spec.nodeSets[].volumeClaimTemplates[].spec.resources.requests.storage",
        "superuserDisabled: spec.auth.disableElasticUser",
        "certificate: spec.http.tls.certificate.secretName",
        "volumes: spec.volumeClaimDeletePolicy",
    ],
    "kubernetes:kafka.strimzi.io/v1:Kafka": [
        "image: spec.kafka.image",
        "listeners: spec.kafka.listeners[].name",
        "tls: spec.kafka.listeners[].tls",
        "clients: spec.kafka.listeners[].authentication.listenerConfig.ssl\\.client\\.auth",
        "authorization: spec.kafka.authorization.type",
        "replication: spec.kafka.config.default\\.replication\\.factor",
        "minInSync: spec.kafka.config.min\\.insync\\.replicas",
        "unclean: spec.kafka.config.unclean\\.leader\\.election\\.enable",
    ],
    "kubernetes:kafka.strimzi.io/v1:KafkaNodePool": [
        "spec.roles",
        "spec.replicas",
        "storage: spec.storage.volumes[].size",
        "volumes: spec.storage.volumes[].deleteClaim",
    ],
    "kubernetes:kafka.strimzi.io/v1:KafkaTopic": [
        "spec.partitions",
        "spec.replicas",
        "minInSync: spec.config.min\\.insync\\.replicas",
        "retention: spec.config.retention\\.ms",
    ],
    "kubernetes:kafka.strimzi.io/v1:KafkaUser": [
        "authentication: spec.authentication.type",
        "operations: spec.authorization.acls[].operations",
        "resources: spec.authorization.acls[].resource.name",
    ],
    "kubernetes:monitoring.coreos.com/v1:PodMonitor": ["pods: spec.selector.matchLabels"],
    "kubernetes:monitoring.coreos.com/v1:PrometheusRule": ["alerts: spec.groups[].rules[].alert"],
    "kubernetes:postgresql.cnpg.io/v1:Cluster": [
        "spec.instances",
        "image: spec.imageName",
        "storage: spec.storage.size",
        "log: spec.walStorage.size",
        "synchronous: spec.postgresql.synchronous.number",
        "maxConnections: spec.postgresql.parameters.max_connections",
        "superuser: spec.enableSuperuserAccess",
        "roles: spec.managed.roles[].name",
        "replica: spec.replica.enabled",
        "archive: spec.plugins[].parameters.barmanObjectName",
    ],
    "kubernetes:postgresql.cnpg.io/v1:Pooler": [
        "spec.type",
        "spec.instances",
        "mode: spec.pgbouncer.poolMode",
        "clients: spec.pgbouncer.parameters.client_tls_sslmode",
    ],
    "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup": ["spec.schedule", "spec.method"],
};
