import type { Refusal } from "./refusals";

const cluster = "Cluster postgres";
const pooler = "Pooler postgres-pooler-rw";

/** Mistakes in a new object. The operator's messages, read in its source and observed. */
export const refusedWhenCreated: readonly Refusal[] = [
    {
        title: "a volume without a quantity",
        object: cluster,
        set: { "spec.storage.size": "large" },
        words: `Cluster.postgresql.cnpg.io "postgres" is invalid: spec.storage.size: Invalid value: "large": Size value isn't valid`,
    },
    {
        title: "an image without a version",
        object: cluster,
        set: { "spec.imageName": "ghcr.io/cloudnative-pg/postgresql:latest" },
        words: `Cluster.postgresql.cnpg.io "postgres" is invalid: spec.imageName: Invalid value: "ghcr.io/cloudnative-pg/postgresql:latest": Can't use 'latest' as image tag as we can't detect upgrades`,
    },
    {
        title: "a version of PostgreSQL that is not supported",
        object: cluster,
        set: { "spec.imageName": "ghcr.io/cloudnative-pg/postgresql:12.22" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.imageName: Invalid value: "ghcr.io/cloudnative-pg/postgresql:12.22": Unsupported PostgreSQL version. Versions 13 or newer are supported',
    },
    {
        title: "as many synchronous replicas as instances",
        object: cluster,
        set: { "spec.postgresql.synchronous.number": 4 },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.postgresql.synchronous: Invalid value: {"method":"any","number":4,"dataDurability":"required","failoverQuorum":false}: Invalid synchronous configuration: the number of synchronous replicas must be less than the total number of instances and the provided standby names.',
    },
    {
        title: "less memory than PostgreSQL's buffers",
        object: cluster,
        set: { "spec.resources.requests.memory": "4Gi" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.resources.requests: Invalid value: "4Gi": Memory request is lower than PostgreSQL `shared_buffers` value',
    },
    {
        title: "a request of CPU above its limit",
        object: cluster,
        set: { "spec.resources.requests.cpu": "7" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.resources.requests.cpu: Invalid value: "7": CPU request is greater than the limit',
    },
    {
        title: "a log that is larger than its volume",
        object: cluster,
        set: { "spec.postgresql.parameters.max_wal_size": "60GB" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.postgresql.parameters.max_wal_size: Invalid value: "60GB": Invalid value. Parameter max_wal_size (default 1GB) should be smaller than WAL volume size',
    },
    {
        title: "a smallest size of the log above its largest",
        object: cluster,
        set: { "spec.postgresql.parameters.min_wal_size": "30GB" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.postgresql.parameters.min_wal_size: Invalid value: "30GB": Invalid vale. Parameter min_wal_size (default 80MB) should be smaller than parameter max_wal_size (default 1GB)',
    },
    {
        title: "PostgreSQL without TLS",
        object: cluster,
        set: { "spec.postgresql.parameters.ssl": "off" },
        words: `Cluster.postgresql.cnpg.io "postgres" is invalid: spec.postgresql.parameters.ssl: Invalid value: "off": Can't set fixed configuration parameter`,
    },
    {
        title: "a log without what replicas need",
        object: cluster,
        set: { "spec.postgresql.parameters.wal_level": "minimal" },
        words: `Cluster.postgresql.cnpg.io "postgres" is invalid: [spec.postgresql.parameters.wal_level: Invalid value: "minimal": \`wal_level\` should be set at \`logical\` or \`replica\` when \`archive_mode\` is \`on\`, '.instances' field is greater than 1, or this is a replica cluster, spec.postgresql.parameters.max_wal_senders: Invalid value: "minimal": \`max_wal_senders\` should be set at \`0\` when \`wal_level\` is \`minimal\`]`,
    },
    {
        title: "a server's certificate without its authority",
        object: cluster,
        set: { "spec.certificates.serverCASecret": undefined },
        words: `Cluster.postgresql.cnpg.io "postgres" is invalid: spec.certificates.servercasecret: Invalid value: "": Server CA secret can't be empty when server TLS secret is provided`,
    },
    {
        title: "a replica of an unknown primary",
        object: cluster,
        set: { "spec.replica": { enabled: true, source: "elsewhere" } },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: [spec.replicaCluster: Invalid value: "": replica mode bootstrap is compatible only with pg_basebackup or recovery, spec.replicaCluster.primaryServerName: Invalid value: "elsewhere": External cluster elsewhere not found]',
    },
    {
        title: "two ways to begin",
        object: cluster,
        set: { "spec.bootstrap.recovery": { source: "elsewhere" } },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: [spec.bootstrap: Forbidden: Only one bootstrap method can be specified at a time, spec.bootstrap.recovery.source: Invalid value: "elsewhere": External cluster elsewhere not found, spec.bootstrap.recovery.source: Invalid value: "elsewhere": External cluster elsewhere cannot be used for recovery: missing connection parameters, Barman, or CNPG-i configuration]',
    },
    {
        title: "a role of the operator's own",
        object: cluster,
        set: { "spec.managed.roles[0].name": "streaming_replica" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.managed.roles: Invalid value: "streaming_replica": This role is reserved for operator use',
    },
    {
        title: "a role twice",
        object: cluster,
        set: { "spec.managed.roles[1].name": "user_service" },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.managed.roles: Invalid value: "user_service": Role name is duplicate of another',
    },
    {
        title: "two archives of the log",
        object: cluster,
        set: {
            "spec.plugins[1]": { name: "other.example.com", isWALArchiver: true },
        },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.plugins: Invalid value: ["barman-cloud.cloudnative-pg.io","other.example.com"]: Cannot enable more than one WAL archiver plugin',
    },
    {
        title: "an anti-affinity of a third kind",
        object: cluster,
        set: { "spec.affinity.podAntiAffinityType": "always" },
        words: `Cluster.postgresql.cnpg.io "postgres" is invalid: spec.affinity.podAntiAffinityType: Invalid value: "always": pod anti-affinity type must be 'preferred' (default if empty) or 'required'`,
    },
    {
        title: "an environment variable of the operator's own",
        object: cluster,
        set: { "spec.env": [{ name: "PGDATA", value: "/tmp" }] },
        words: 'Cluster.postgresql.cnpg.io "postgres" is invalid: spec.postgresql.env[0].name: Invalid value: "PGDATA": the usage of this environment variable is reserved for the operator',
    },
    {
        title: "a pooler with the name of its cluster",
        object: pooler,
        set: { "spec.cluster.name": "postgres-pooler-rw" },
        words: 'Pooler.postgresql.cnpg.io "postgres-pooler-rw" is invalid: metadata.name: Invalid value: "postgres-pooler-rw": the pooler resource cannot have the same name of a cluster',
    },
    {
        title: "a pooler with a parameter of the operator's own",
        object: pooler,
        set: { "spec.pgbouncer.parameters.listen_port": "6432" },
        words: 'Pooler.postgresql.cnpg.io "postgres-pooler-rw" is invalid: spec.cluster.parameters: Invalid value: "listen_port": Invalid or reserved parameter',
    },
    {
        title: "a pooler with a look-up of passwords and no Secret for it",
        object: pooler,
        set: { "spec.pgbouncer.authQuery": "SELECT 1" },
        words: 'Pooler.postgresql.cnpg.io "postgres-pooler-rw" is invalid: spec.pgbouncer.authQuerySecret.name: Invalid value: "": must specify an existing auth query secret when providing an auth query secret',
    },
    {
        title: "a backup at an hour that does not exist",
        object: "ScheduledBackup postgres-full",
        set: { "spec.schedule": "0 0 26 * * *" },
        words: 'ScheduledBackup.postgresql.cnpg.io "postgres-full" is invalid: spec.schedule: Invalid value: "0 0 26 * * *": End of range (26) above maximum (23): 26',
    },
];

/** Changes of the cluster that is there. */
export const refusedWhenChanged: readonly Refusal[] = [
    {
        title: "a smaller volume",
        object: cluster,
        set: { "spec.storage.size": "100Gi" },
        words: `Cluster.cluster.cnpg.io "postgres" is invalid: spec.storage: Invalid value: "100Gi": can't shrink existing storage from 200Gi to 100Gi`,
    },
    {
        title: "a smaller volume of the log",
        object: cluster,
        set: { "spec.walStorage.size": "30Gi" },
        words: `Cluster.cluster.cnpg.io "postgres" is invalid: spec.walStorage: Invalid value: "30Gi": can't shrink existing storage from 50Gi to 30Gi`,
    },
    {
        title: "no volume of the log",
        object: cluster,
        set: { "spec.walStorage": undefined },
        words: 'Cluster.cluster.cnpg.io "postgres" is invalid: spec.walStorage: Invalid value: null: walStorage cannot be disabled once configured',
    },
    {
        title: "a version and a parameter at once",
        object: cluster,
        set: {
            "spec.imageName": "ghcr.io/cloudnative-pg/postgresql:18.5-system-trixie",
            "spec.postgresql.parameters.work_mem": "16MB",
        },
        words: `Cluster.cluster.cnpg.io "postgres" is invalid: spec.imageName: Invalid value: "ghcr.io/cloudnative-pg/postgresql:18.5-system-trixie": Can't change image name and configuration at the same time when \`primaryUpdateMethod\` is set to \`switchover\`. There are differences in PostgreSQL configuration parameters: {"work_mem":["8MB","16MB"]}`,
    },
];
