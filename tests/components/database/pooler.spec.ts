import assert from "node:assert/strict";

import { databaseObject, databaseObjects, labelsOf } from "./objects";

const prod = {
    cluster: {
        name: "postgres",
    },
    deploymentStrategy: {
        rollingUpdate: {
            maxSurge: 1,
            maxUnavailable: 0,
        },
        type: "RollingUpdate",
    },
    instances: 3,
    pgbouncer: {
        image: "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
        parameters: {
            client_tls_sslmode: "require",
            default_pool_size: "10",
            max_client_conn: "1000",
            max_db_connections: "20",
            max_prepared_statements: "200",
            query_wait_timeout: "10",
            server_idle_timeout: "300",
            server_lifetime: "600",
            server_tls_sslmode: "verify-ca",
            tcp_keepalive: "1",
            tcp_keepcnt: "3",
            tcp_keepidle: "30",
            tcp_keepintvl: "10",
        },
        poolMode: "transaction",
    },
    template: {
        metadata: {
            labels: {
                "cnpg.io/poolerName": "postgres-pooler-rw",
            },
        },
        spec: {
            containers: [
                {
                    image: "ghcr.io/cloudnative-pg/pgbouncer:1.25.1",
                    imagePullPolicy: "Always",
                    name: "pgbouncer",
                    resources: {
                        limits: {
                            cpu: "1",
                            memory: "256Mi",
                        },
                        requests: {
                            cpu: "100m",
                            memory: "128Mi",
                        },
                    },
                    securityContext: {
                        allowPrivilegeEscalation: false,
                        capabilities: {
                            drop: ["ALL"],
                        },
                        readOnlyRootFilesystem: true,
                        runAsNonRoot: true,
                    },
                },
            ],
            initContainers: [
                {
                    name: "bootstrap-controller",
                    resources: {
                        limits: {
                            cpu: "1",
                            memory: "256Mi",
                        },
                        requests: {
                            cpu: "100m",
                            memory: "128Mi",
                        },
                    },
                    securityContext: {
                        allowPrivilegeEscalation: false,
                        capabilities: {
                            drop: ["ALL"],
                        },
                        readOnlyRootFilesystem: true,
                        runAsNonRoot: true,
                    },
                },
            ],
            priorityClassName: "platform-addon",
            securityContext: {
                fsGroup: 996,
                runAsGroup: 996,
                runAsNonRoot: true,
                runAsUser: 998,
                seccompProfile: {
                    type: "RuntimeDefault",
                },
            },
            terminationGracePeriodSeconds: 60,
            topologySpreadConstraints: [
                {
                    labelSelector: {
                        matchLabels: {
                            "cnpg.io/poolerName": "postgres-pooler-rw",
                        },
                    },
                    matchLabelKeys: ["pod-template-hash"],
                    maxSkew: 1,
                    nodeAffinityPolicy: "Honor",
                    nodeTaintsPolicy: "Honor",
                    topologyKey: "topology.kubernetes.io/zone",
                    whenUnsatisfiable: "DoNotSchedule",
                },
                {
                    labelSelector: {
                        matchLabels: {
                            "cnpg.io/poolerName": "postgres-pooler-rw",
                        },
                    },
                    matchLabelKeys: ["pod-template-hash"],
                    maxSkew: 1,
                    nodeAffinityPolicy: "Honor",
                    nodeTaintsPolicy: "Honor",
                    topologyKey: "kubernetes.io/hostname",
                    whenUnsatisfiable: "DoNotSchedule",
                },
            ],
        },
    },
    type: "rw",
};

/** The spec of a pooler of prod with another name. */
function named(type: "rw" | "ro"): typeof prod {
    const spec = JSON.parse(
        JSON.stringify(prod).replaceAll("postgres-pooler-rw", `postgres-pooler-${type}`),
    ) as typeof prod;
    // Three quarters of the connections, for three quarters of the load.
    const reads = { default_pool_size: "30", max_db_connections: "60" };
    return type === "rw"
        ? spec
        : { ...spec, pgbouncer: { ...spec.pgbouncer, parameters: { ...spec.pgbouncer.parameters, ...reads } } };
}

/** The parameters where both poolers of a pod have 40 connections together: dev and staging. */
function small(type: "rw" | "ro"): object {
    const { pgbouncer } = prod;
    const own =
        type === "rw"
            ? { default_pool_size: "5", max_db_connections: "10" }
            : { default_pool_size: "15", max_db_connections: "30" };
    return { pgbouncer: { ...pgbouncer, parameters: { ...pgbouncer.parameters, ...own } }, type };
}

describe("the poolers (DB-09)", () => {
    for (const type of ["rw", "ro"] as const) {
        const name = `postgres-pooler-${type}`;

        it(`have three pods in transaction mode in prod: ${type}`, async () => {
            assert.deepEqual(await databaseObject(`Pooler database-pooler-${type}`, "gcp", "prod"), {
                apiVersion: "postgresql.cnpg.io/v1",
                kind: "Pooler",
                metadata: { name, namespace: "data", labels: labelsOf(name) },
                spec: { ...named(type), type },
            });
        });

        it(`have a budget: ${type} (AS-10)`, async () => {
            assert.deepEqual(
                await databaseObject(`PodDisruptionBudget database-pooler-${type}-budget`, "gcp", "prod"),
                {
                    apiVersion: "policy/v1",
                    kind: "PodDisruptionBudget",
                    metadata: { name, namespace: "data", labels: labelsOf(name) },
                    spec: {
                        maxUnavailable: 1,
                        selector: { matchLabels: { "cnpg.io/poolerName": name } },
                        unhealthyPodEvictionPolicy: "AlwaysAllow",
                    },
                },
            );
        });

        it(`have two pods in staging, with fewer connections: ${type}`, async () => {
            const { spec } = await databaseObject(`Pooler database-pooler-${type}`, "aws", "staging");
            assert.deepEqual(spec, { ...named(type), ...small(type), instances: 2 });
        });

        it(`have one pod and no budget in dev, where reads go to the primary: ${type}`, async () => {
            const objects = await databaseObjects("existing", "dev");
            const { spec } = await databaseObject(`Pooler database-pooler-${type}`, "existing", "dev");
            const whole = named(type);
            assert.deepEqual(spec, {
                ...whole,
                ...small(type),
                type: type === "ro" ? "r" : "rw",
                instances: 1,
                template: {
                    ...whole.template,
                    spec: {
                        ...whole.template.spec,
                        topologySpreadConstraints: whole.template.spec.topologySpreadConstraints.map((constraint) => ({
                            ...constraint,
                            whenUnsatisfiable: "ScheduleAnyway",
                        })),
                    },
                },
            });
            assert.equal(objects[`PodDisruptionBudget database-pooler-${type}-budget`], undefined);
        });

        it(`have one pod in a replica (CL-18): ${type}`, async () => {
            const { spec } = await databaseObject(`Pooler database-pooler-${type}`, "replica");
            assert.deepEqual(spec, { ...named(type), type, instances: 1 });
        });
    }
});
