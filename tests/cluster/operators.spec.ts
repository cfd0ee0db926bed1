import assert from "node:assert/strict";

import { startControlPlane } from "./control-plane/start-with-crds";
import { messageOf } from "./control-plane/client";
import { textAt, type JsonObject, type KubeObject } from "./control-plane/json";
import type { ControlPlane } from "./control-plane/start";
import { log } from "./log";
import { findingsText } from "./plan/finding";
import { placementFindings } from "./scheduling/checks";
import { addNodes, nodesOf } from "./scheduling/nodes";
import type { NodePool } from "./scheduling/pools";
import { settle } from "./scheduling/settle";
import { byWorkload } from "./scheduling/snapshot";

const namespace = "operators";
const zones = ["z-a", "z-b", "z-c"];
const taint = { key: "workload", value: "database", effect: "NoSchedule" };
const tolerations = [{ key: taint.key, operator: "Equal", value: taint.value, effect: taint.effect }];
const nodeSelector = { workload: "database" };
const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: "workload", operator: "In", values: ["database"] }] }],
    },
};
const resources = { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "2Gi" } };
const storageClass = "zonal";

const pool: NodePool = {
    name: "database",
    machineType: "simulated",
    min: 6,
    max: 6,
    zones,
    labels: nodeSelector,
    taints: [taint],
    allocatable: { cpu: 4, memory: 16 * 2 ** 30, ephemeralStorage: 50 * 2 ** 30, pods: 110 },
};

function spreadOver(label: string, value: string): JsonObject {
    const labelSelector = { matchLabels: { [label]: value } };
    return {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector,
    };
}

/**
 * The simulated operators create the pods that custom resources describe, so that the scheduling suite counts them. The
 * custom resources here are written by hand, because no layer of the plan has any yet.
 */
describe("simulated operators", () => {
    let plane: ControlPlane;
    let stop = (): Promise<void> => Promise.resolve();

    before(async () => {
        plane = await startControlPlane({ definitions: "all" }, log);
        stop = () => plane.stop();
        // A tainted pool for the pods, and a pool that their selectors exclude.
        await addNodes(plane.client, [
            ...nodesOf(pool, pool.min),
            ...nodesOf({ ...pool, name: "app", labels: {}, taints: [] }, 3),
        ]);
        await apply("v1", "Namespace", namespace, {}, { "pod-security.kubernetes.io/enforce": "restricted" });
        await apply("storage.k8s.io/v1", "StorageClass", storageClass, {
            provisioner: "disk.example.com",
            volumeBindingMode: "WaitForFirstConsumer",
        });
    });

    after(async () => {
        await stop();
    });

    async function apply(
        apiVersion: string,
        kind: string,
        name: string,
        rest: JsonObject,
        labels: JsonObject = {},
    ): Promise<void> {
        const clusterScoped = kind === "Namespace" || kind === "StorageClass";
        const object: KubeObject = {
            apiVersion,
            kind,
            metadata: { name, ...(clusterScoped ? {} : { namespace }), labels },
            ...rest,
        };
        const { status, body } = await plane.client.apply(object);
        assert.ok(status < 300, `${kind} ${name}: ${messageOf(body)}`);
    }

    it("schedule instances, brokers and search nodes with the requests and constraints of their resources", async () => {
        await apply("postgresql.cnpg.io/v1", "Cluster", "main", {
            spec: {
                instances: 4,
                resources,
                storage: { size: "10Gi", storageClass },
                walStorage: { size: "2Gi", storageClass },
                affinity: { nodeSelector, tolerations, podAntiAffinityType: "required" },
                topologySpreadConstraints: [spreadOver("cnpg.io/cluster", "main")],
            },
        });
        await apply("kafka.strimzi.io/v1", "Kafka", "events", {
            spec: {
                kafka: {
                    rack: { topologyKey: "topology.kubernetes.io/zone" },
                    listeners: [{ name: "tls", port: 9093, type: "internal", tls: true }],
                    template: { pod: { tolerations } },
                },
            },
        });
        const storage = {
            type: "jbod",
            volumes: [{ id: 0, type: "persistent-claim", size: "5Gi", class: storageClass }],
        };
        await apply(
            "kafka.strimzi.io/v1",
            "KafkaNodePool",
            "brokers",
            { spec: { replicas: 3, roles: ["broker"], resources, storage } },
            { "strimzi.io/cluster": "events" },
        );
        await apply("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", "search", {
            spec: {
                version: "9.1.0",
                nodeSets: [
                    {
                        name: "data",
                        count: 3,
                        podTemplate: {
                            spec: {
                                topologySpreadConstraints: [
                                    spreadOver("elasticsearch.k8s.elastic.co/cluster-name", "search"),
                                ],
                                tolerations,
                                affinity: { nodeAffinity },
                                containers: [{ name: "elasticsearch", resources }],
                            },
                        },
                        volumeClaimTemplates: [
                            {
                                metadata: { name: "elasticsearch-data" },
                                spec: {
                                    accessModes: ["ReadWriteOnce"],
                                    storageClassName: storageClass,
                                    resources: { requests: { storage: "5Gi" } },
                                },
                            },
                        ],
                    },
                ],
            },
        });
        const { snapshot, refusals } = await settle(plane);
        assert.deepEqual([...refusals], []);
        const counts = [...byWorkload(snapshot.pods)].map(([workload, pods]) => `${workload} ${pods.length}`).sort();
        assert.deepEqual(counts, [
            "operators/Cluster/main 4",
            "operators/Elasticsearch/search 3",
            "operators/KafkaNodePool/brokers 3",
        ]);
        // Kafka tolerates the taint and does not select the pool, which the placement checks report.
        const findings = placementFindings(snapshot).filter(({ where }) => !where.includes("KafkaNodePool"));
        assert.equal(findingsText(findings), "");
        const postgres = snapshot.pods.filter(({ workload }) => workload.endsWith("/main"));
        assert.equal(
            new Set(postgres.map(({ node }) => node)).size,
            4,
            "required anti-affinity allows one instance per node",
        );
    });

    it("create volumes for each pod, bound in the zone of its node", async () => {
        const claims = await plane.client.list(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
        assert.equal(claims.length, 4 * 2 + 3 + 3);
        assert.deepEqual(
            claims.filter((claim) => textAt(claim, "status", "phase") !== "Bound"),
            [],
        );
    });

    it("report the refusal when a resource exceeds the namespace's quota", async () => {
        await apply("v1", "ResourceQuota", "small", { spec: { hard: { pods: "10" } } });
        await apply("postgresql.cnpg.io/v1", "Cluster", "more", {
            spec: { instances: 1, storage: { size: "1Gi", storageClass } },
        });
        const { refusals } = await settle(plane);
        assert.match(refusals.get(`Pod ${namespace}/more-1`) ?? "", /exceeded quota: small|status unknown for quota/);
    });
});
