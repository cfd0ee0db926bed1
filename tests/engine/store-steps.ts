import type { Json } from "./harness/protocol";
import { copyJob, jobImage } from "./store-jobs";

const key = (name: string): string => `ecommerce-platform:${name}`;

interface Step {
    readonly title: string;
    readonly config: Readonly<Record<string, Json>>;
    readonly operations: readonly string[];
}

const cluster = "update kubernetes:postgresql.cnpg.io/v1:Cluster::database-cluster";

const quota = (namespace: string, ...resources: readonly string[]): string =>
    [
        `update kubernetes:core/v1:ResourceQuota::${namespace}-quota`,
        ...resources.map((name) => (name === "pods" ? "spec.hard.pods" : `spec.hard["${name}"]`)),
    ].join(" ");

const all = ["pods", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

const grown = { maxConnections: 720, storageGiB: 300, walGiB: 75 };

const members = ["0-a", "0-b", "1-a", "1-b", "2-a", "2-b"];

const image = (container: number): string => `spec.template.spec.containers[${container}].image`;

/** Changes of the stores of a running stack, applied one after the other. */
export const storeSteps: readonly Step[] = [
    {
        title: "a parameter of PostgreSQL changes it alone",
        config: { [key("database")]: { maxConnections: 720 } },
        operations: [`${cluster} spec.postgresql.parameters.max_connections`],
    },
    {
        title: "larger volumes of PostgreSQL grow in place, with the log that fits them",
        config: { [key("database")]: grown },
        operations: [
            [
                cluster,
                ...["max_slot_wal_keep_size", "max_wal_size", "min_wal_size"].map(
                    (name) => `spec.postgresql.parameters.${name}`,
                ),
                "spec.storage.size",
                "spec.walStorage.size",
            ].join(" "),
        ],
    },
    {
        title: "one more instance has a node and room in the quota",
        config: {
            [key("database")]: { ...grown, instances: 5 },
            [key("nodePools")]: { database: { max: 5 } },
        },
        operations: [
            `${cluster} spec.instances`,
            "update gcp:container/nodePool:NodePool::cluster-database autoscaling.totalMaxNodeCount",
            quota("data", ...all),
        ],
    },
    {
        title: "a minor version of PostgreSQL changes the image, and runs the schema's Job again with its client",
        config: { "test:images": { postgresql: "18.5-system-trixie" } },
        operations: [
            `${cluster} spec.imageName`,
            // Their names have a hash of what the Job is given.
            "replace kubernetes:core/v1:ConfigMap::database-schema-migrations metadata.name",
            "replace kubernetes:core/v1:ConfigMap::database-schema-rights metadata.name",
            [
                "replace kubernetes:batch/v1:Job::database-schema metadata.name",
                ...[image(0), "spec.template.spec.volumes[1].configMap.name"],
                "spec.template.spec.volumes[2].configMap.name",
            ].join(" "),
            ...["retention-monthly", "retention-snapshots", "schema-maintenance"].map(jobImage),
            ...["schema-scheduled-daily-report", "schema-scheduled-reservation-cleanup"].map(jobImage),
        ],
    },
    {
        title: "Kafka's volumes grow in place, and a broker is added",
        config: { [key("messaging")]: { volumeGiB: 150, brokers: 4 } },
        operations: [
            "update kubernetes:kafka.strimzi.io/v1:KafkaNodePool::messaging-kafka-broker " +
                "spec.replicas spec.storage.volumes[0].size",
            quota("messaging", ...all),
        ],
    },
    {
        title: "Elasticsearch's volumes grow in place",
        config: { [key("search")]: { volumeGiB: 150 } },
        operations: [
            "update kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch::search-elasticsearch " +
                "spec.nodeSets[0].volumeClaimTemplates[0].spec.resources.requests.storage",
        ],
    },
    {
        title: "more memory of the carts' store restarts its members and keeps their volumes",
        config: { [key("cache")]: { stateMemory: "3Gi" } },
        operations: [
            'replace kubernetes:core/v1:ConfigMap::valkey-state-config data["valkey.conf"]',
            ...members.map((member) =>
                [
                    `update kubernetes:apps/v1:StatefulSet::valkey-state-${member}`,
                    'spec.template.metadata.annotations["cache.shop/config"]',
                    "spec.template.spec.containers[0].resources.limits.memory",
                    "spec.template.spec.containers[0].resources.requests.memory",
                ].join(" "),
            ),
            // The jobs that copy the data hold it in a file, and the restore loads it into a server.
            copyJob(
                "backup",
                'initContainers[0].resources.limits["ephemeral-storage"]',
                'initContainers[0].resources.requests["ephemeral-storage"]',
                "volumes[0].emptyDir.sizeLimit",
            ),
            copyJob(
                "restore",
                "containers[0].resources.limits.memory",
                'containers[0].resources.limits["ephemeral-storage"]',
                "containers[0].resources.requests.memory",
                'containers[0].resources.requests["ephemeral-storage"]',
                "volumes[0].emptyDir.sizeLimit",
            ),
            quota("cache", "limits.memory", "requests.memory"),
        ],
    },
    {
        title: "a minor version of Valkey changes the members' images, and the Jobs that wait for them",
        config: { "test:images": { postgresql: "18.5-system-trixie", valkey: "9.1.2-alpine" } },
        operations: [
            ...["valkey-cache", "valkey-state"].flatMap((store) => [
                `replace kubernetes:batch/v1:Job::${store}-formed ${image(0)}`,
                ...members.map(
                    (member) => `update kubernetes:apps/v1:StatefulSet::${store}-${member} ${image(0)} ${image(1)}`,
                ),
            ]),
            copyJob("backup", "initContainers[0].image"),
            copyJob("restore", "containers[0].image"),
        ],
    },
];
