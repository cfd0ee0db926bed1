import assert from "node:assert/strict";

import type { CustomKind } from "../../../../custom-resources/pods";
import { renderKubernetes, type JsonObject } from "../../../../tools/plan";
import { describedPods, podsOfCustom, type CustomPods } from "../../../../tools/plan/review/custom-pods";
import { resource } from "../resource";

const gibibyte = 2 ** 30;
const resources = { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } };
const sums = { cpuRequest: 0.5, cpuLimit: 2, memoryRequest: gibibyte, memoryLimit: 2 * gibibyte };

function of(type: string, spec: JsonObject, kinds?: readonly CustomKind[]): CustomPods[] {
    const inputs = { metadata: { name: "main", namespace: "shop" }, spec };
    return renderKubernetes({ resources: [resource(`kubernetes:${type}`, "main", inputs)] }).flatMap((object) =>
        podsOfCustom(object, kinds),
    );
}

function pods(own: Partial<CustomPods>): CustomPods {
    const count = own.count ?? 1;
    const base = { name: "main", namespace: "shop", pool: "app", count, maxCount: count, everyNode: false };
    return { ...base, cpuRequest: 0, cpuLimit: 0, memoryRequest: 0, memoryLimit: 0, ...own };
}

describe("pods of custom resources", () => {
    it("are a PostgreSQL cluster's instances, of one when it does not say", () => {
        const affinity = { nodeSelector: { workload: "database" } };
        assert.deepEqual(of("postgresql.cnpg.io/v1:Cluster", { instances: 3, resources, affinity }), [
            pods({ count: 3, pool: "database", ...sums }),
        ]);
        assert.deepEqual(of("postgresql.cnpg.io/v1:Cluster", {}), [pods({})]);
    });

    it("ask for the pool of their affinity, wherever the kind keeps it", () => {
        const nodeAffinity = {
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: "workload", operator: "In", values: ["database"] }] }],
            },
        };
        const pools = [
            of("postgresql.cnpg.io/v1:Cluster", { affinity: { nodeAffinity } }),
            of("kafka.strimzi.io/v1:KafkaNodePool", { template: { pod: { affinity: { nodeAffinity } } } }),
            of("postgresql.cnpg.io/v1:Pooler", { template: { spec: { affinity: { nodeAffinity } } } }),
            of("psmdb.percona.com/v1:PerconaServerMongoDB", {
                replsets: [{ affinity: { advanced: { nodeAffinity } } }],
            }),
        ].map(([one]) => one?.pool);
        assert.deepEqual(pools, ["database", "database", "database", "database"]);
    });

    it("are counted set by set, with the sizes of the template, of the field or of the operator", () => {
        const container = { name: "elasticsearch", resources };
        const sidecar = { name: "agent", resources: { requests: { cpu: "1" } } };
        const nodeSets = [
            { name: "masters", count: 3 },
            { name: "data", count: 2, podTemplate: { spec: { containers: [sidecar, container] } } },
            { name: "cold", resources },
        ];
        assert.deepEqual(of("elasticsearch.k8s.elastic.co/v1:Elasticsearch", { nodeSets }), [
            pods({ name: "main/masters", count: 3, memoryRequest: 2 * gibibyte, memoryLimit: 2 * gibibyte }),
            pods({ name: "main/data", count: 2, ...sums, cpuRequest: 1.5 }),
            pods({ name: "main/cold", ...sums }),
        ]);
    });

    it("are of each part that a resource switches on", () => {
        const topicOperator = { resources };
        const userOperator = { resources };
        assert.deepEqual(
            of("kafka.strimzi.io/v1:Kafka", { kafka: {}, entityOperator: { topicOperator, userOperator } }),
            [pods({ cpuRequest: 1, cpuLimit: 4, memoryRequest: 2 * gibibyte, memoryLimit: 4 * gibibyte })],
        );
        const sharding = { enabled: false, mongos: { size: 2 }, configsvrReplSet: { size: 3 } };
        const replsets = [
            { name: "rs0", size: 3, resources, arbiter: { enabled: true, size: 1 }, hidden: { size: 1 } },
        ];
        const counts = (spec: JsonObject) =>
            of("psmdb.percona.com/v1:PerconaServerMongoDB", spec).map(({ name, count }) => `${name} ${count}`);
        assert.deepEqual(counts({ replsets, sharding }), ["main/rs0 3", "main 1"]);
        assert.deepEqual(counts({ replsets: [], sharding: { ...sharding, enabled: true } }), ["main 3", "main 2"]);
    });

    it("go to the bounds of the kind's own autoscaler, and multiply by shards", () => {
        const kubernetes = { envoyDeployment: { replicas: 9 }, envoyHpa: { minReplicas: 2, maxReplicas: 6 } };
        const own = { cpuRequest: 0.1, memoryRequest: gibibyte / 2 };
        assert.deepEqual(of("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", { provider: { kubernetes } }), [
            pods({ count: 2, maxCount: 6, ...own }),
        ]);
        assert.deepEqual(
            of("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", { provider: { kubernetes: { envoyDaemonSet: {} } } }),
            [pods({ everyNode: true, ...own })],
        );
        const [prometheus] = of("monitoring.coreos.com/v1:Prometheus", { replicas: 2, shards: 3, resources });
        assert.deepEqual(prometheus, pods({ count: 6, ...sums }));
    });

    it("are none for jobs, for other kinds, and for what another resource counts", () => {
        const containers = [{ name: "c", resources }];
        assert.deepEqual(
            of("keda.sh/v1alpha1:ScaledJob", { jobTargetRef: { template: { spec: { containers } } } }),
            [],
        );
        assert.deepEqual(of("apps/v1:Deployment", { template: { spec: { containers } } }), []);
        assert.deepEqual(of("kafka.strimzi.io/v1:Kafka", { kafka: {} }), []);
        assert.deepEqual(of("postgresql.cnpg.io/v1:ClusterPatch", { instances: 3 }), []);
    });

    it("are those of a layer's own kind, when it is handed over", () => {
        const kind: CustomKind = {
            apiGroup: "shop.example.com",
            kind: "Robot",
            pods: [{ at: "spec", template: "pod", whole: true, count: { at: "arms", default: 2 } }],
        };
        const spec = { pod: { spec: { nodeSelector: { workload: "cache" }, containers: [{ name: "c", resources }] } } };
        assert.deepEqual(of("shop.example.com/v1:Robot", spec), []);
        assert.deepEqual(of("shop.example.com/v1:Robot", spec, [kind]), [pods({ count: 2, pool: "cache", ...sums })]);
    });

    it("are described as pods, with the template's fields before the kind's own", () => {
        const object = {
            apiVersion: "postgresql.cnpg.io/v1",
            kind: "Pooler",
            metadata: { name: "main" },
            spec: {
                serviceAccountName: "outer",
                pgbouncer: { image: "registry.example.com/pgbouncer:1" },
                template: {
                    metadata: { labels: { a: "b" } },
                    spec: {
                        serviceAccountName: "inner",
                        containers: [{ name: "log" }, { name: "pgbouncer", resources }],
                    },
                },
            },
        };
        assert.deepEqual(describedPods(object), [
            {
                base: object.spec,
                count: 1,
                maxCount: 1,
                everyNode: false,
                template: {
                    metadata: { labels: { a: "b" } },
                    spec: {
                        serviceAccountName: "inner",
                        containers: [
                            { name: "pgbouncer", resources, image: "registry.example.com/pgbouncer:1" },
                            { name: "log" },
                        ],
                    },
                },
            },
        ]);
    });
});
