import assert from "node:assert/strict";

import { cloudNames, tierNames, type Tier } from "../../../config/schema";
import { sharedPlan } from "../../stacks/plans";
import { without, inputsOf } from "../deployed";
import { deployment } from "../deployment";
import { container, labels, placed, podSecurity } from "./expected";

const kind = "kubernetes:kafka.strimzi.io/v1:KafkaNodePool";

interface Shape {
    readonly replicas: number;
    readonly roles: readonly string[];
    readonly cpu: readonly [request: string, limit: string];
    readonly memory: string;
    readonly heap: string;
    readonly size: string;
}

const controllers: Shape = {
    replicas: 3,
    roles: ["controller"],
    cpu: ["100m", "1"],
    memory: "1Gi",
    heap: "512m",
    size: "10Gi",
};

const shapes: Readonly<Record<Tier, Readonly<Record<string, Shape>>>> = {
    dev: {
        broker: {
            replicas: 1,
            roles: ["controller", "broker"],
            cpu: ["100m", "1"],
            memory: "1Gi",
            heap: "512m",
            size: "10Gi",
        },
    },
    staging: {
        broker: {
            replicas: 3,
            roles: ["controller", "broker"],
            cpu: ["250m", "1"],
            memory: "2Gi",
            heap: "1g",
            size: "20Gi",
        },
    },
    prod: {
        broker: { replicas: 3, roles: ["broker"], cpu: ["500m", "2"], memory: "4Gi", heap: "2g", size: "100Gi" },
        controller: controllers,
    },
};

function expected(tier: Tier, pool: string, shape: Shape): object {
    const [request, limit] = shape.cpu;
    const serves = shape.roles.includes("broker");
    const authority = { secretName: "shop-kafka-listener", items: [{ key: "ca.crt", path: "ca.crt" }] };
    const mount = { name: "client-authority", mountPath: "/mnt/client-authority", readOnly: true };
    return {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "KafkaNodePool",
        metadata: {
            name: pool,
            namespace: "messaging",
            labels: { ...labels(`shop-${pool}`), "strimzi.io/cluster": "shop" },
        },
        spec: {
            replicas: shape.replicas,
            roles: shape.roles,
            resources: {
                requests: { cpu: request, memory: shape.memory },
                limits: { cpu: limit, memory: shape.memory },
            },
            jvmOptions: { "-Xms": shape.heap, "-Xmx": shape.heap },
            storage: {
                type: "jbod",
                volumes: [
                    {
                        id: 0,
                        type: "persistent-claim",
                        size: shape.size,
                        class: "fast-ssd",
                        deleteClaim: false,
                        kraftMetadata: "shared",
                    },
                ],
            },
            template: {
                pod: {
                    securityContext: podSecurity,
                    ...placed(tier, { "strimzi.io/cluster": "shop", "strimzi.io/pool-name": pool }),
                    terminationGracePeriodSeconds: 120,
                    ...(serves ? { volumes: [{ name: "client-authority", secret: authority }] } : {}),
                },
                kafkaContainer: { ...container, ...(serves ? { volumeMounts: [mount] } : {}) },
                initContainer: container,
            },
        },
    };
}

describe("Kafka's node pools (MQ-01)", () => {
    for (const cloud of cloudNames) {
        for (const tier of tierNames) {
            it(`are exactly these in ${tier} on ${cloud}`, async () => {
                const { resources } = await deployment(cloud, tier);
                const entries = Object.entries(shapes[tier]).map(([pool, shape]) => [
                    `messaging-kafka-${pool}`,
                    expected(tier, pool, shape),
                ]);
                assert.deepEqual(inputsOf(resources, kind), Object.fromEntries(entries));
            });
        }
    }

    it("are those of dev on a laptop", async () => {
        const { resources } = await sharedPlan("local", "existing");
        const found = resources.filter(({ type }) => type === kind).map(({ inputs }) => without(inputs, "__defaults"));
        assert.deepEqual(found, [expected("dev", "broker", shapes.dev["broker"]!)]);
    });

    it("do not exist in a replica before it is promoted (CL-18)", async () => {
        for (const cloud of ["gcp", "aws"]) {
            const { resources } = await sharedPlan("prod-dr", cloud);
            const found = resources.filter(({ type }) => type.startsWith("kubernetes:kafka.strimzi.io/"));
            assert.deepEqual(found, []);
        }
    });
});
