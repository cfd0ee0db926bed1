import assert from "node:assert/strict";

import { workloads } from "../../../catalog/workloads";
import type { Tier } from "../../../config/schema";
import { inputsOf } from "../deployed";
import { deployment } from "../deployment";
import { labels } from "./expected";

const hour = 3_600_000;

/** Partitions, hours of retention, and whether the broker's clock counts. */
const rows: readonly (readonly [topic: string, partitions: number, hours: number, delayed?: true])[] = [
    ["user.registered", 6, 168],
    ["product.updated", 6, 168],
    ["stock.changed", 12, 168],
    ["orders.created", 30, 168],
    ["orders.status", 12, 168],
    ["payments.completed", 6, 168],
    ["payments.failed", 6, 168],
    ["payments.retry.1m", 6, 168, true],
    ["payments.retry.10m", 6, 168, true],
    ["payments.retry.1h", 6, 168, true],
    ["payments.dlq", 6, 720],
];

function metadata(name: string): object {
    return {
        name,
        namespace: "messaging",
        labels: { ...labels(name), "strimzi.io/cluster": "shop" },
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
    };
}

describe("Kafka's topics (MQ-01, MQ-02)", () => {
    const copies: Readonly<Record<Tier, readonly [number, number]>> = { dev: [1, 1], staging: [3, 2], prod: [3, 2] };

    for (const tier of ["dev", "staging", "prod"] as const) {
        it(`are those of the catalogue, with ${copies[tier].join(" and ")} copies in ${tier}`, async () => {
            const { resources } = await deployment("gcp", tier);
            const [replicas, inSync] = copies[tier];
            const expected = rows.map(([topic, partitions, hours, delayed]) => [
                `messaging-access-topic-${topic}`,
                {
                    apiVersion: "kafka.strimzi.io/v1",
                    kind: "KafkaTopic",
                    metadata: metadata(topic),
                    spec: {
                        partitions,
                        replicas,
                        config: {
                            "cleanup.policy": "delete",
                            "retention.ms": hours * hour,
                            "min.insync.replicas": inSync,
                            ...(delayed === undefined ? {} : { "message.timestamp.type": "LogAppendTime" }),
                        },
                    },
                },
            ]);
            assert.deepEqual(
                inputsOf(resources, "kubernetes:kafka.strimzi.io/v1:KafkaTopic"),
                Object.fromEntries(expected),
            );
        });
    }
});

function topicRight(name: string, operation: string): object {
    return {
        type: "allow",
        resource: { type: "topic", name, patternType: "literal" },
        operations: ["Describe", operation],
        host: "*",
    };
}

describe("Kafka's users (MQ-01, AS-06)", () => {
    it("are the workloads that call it, with the rights of the catalogue and a group of their own, and the autoscaler", async () => {
        const { resources } = await deployment("aws", "prod");
        const callers = Object.entries(workloads).filter(([, { calls }]) => calls.stores?.includes("kafka") === true);
        const expected = callers.map(([name, { produces = [], consumes = [] }]) => {
            const group = { type: "group", name, patternType: "literal" };
            const acls = [
                ...produces.map((topic) => topicRight(topic, "Write")),
                ...consumes.map((topic) => topicRight(topic, "Read")),
                ...(consumes.length === 0 ? [] : [{ type: "allow", resource: group, operations: ["Read"], host: "*" }]),
            ];
            const spec = { authentication: { type: "tls-external" }, authorization: { type: "simple", acls } };
            return [
                `messaging-access-user-${name}`,
                { apiVersion: "kafka.strimzi.io/v1", kind: "KafkaUser", metadata: metadata(name), spec },
            ];
        });
        assert.deepEqual(
            callers.map(([name]) => name),
            ["user", "product", "order", "payment", "inventory", "notification"],
        );
        // Its rights: kafka-trigger.spec.ts.
        const { "messaging-access-user-keda": lagReader, ...found } = inputsOf(
            resources,
            "kubernetes:kafka.strimzi.io/v1:KafkaUser",
        );
        assert.deepEqual(lagReader?.["metadata"], metadata("keda"));
        assert.deepEqual(found, Object.fromEntries(expected));
    });

    it("have certificates of the same names, and no Secret (SC-05)", async () => {
        const { resources } = await deployment("gcp", "prod");
        const names = Object.values(inputsOf(resources, "kubernetes:cert-manager.io/v1:Certificate"))
            .map(({ spec }) => spec as { usages?: string[]; commonName: string })
            .flatMap(({ usages, commonName }) => (usages?.includes("client auth") === true ? [commonName] : []));
        for (const user of ["user", "product", "order", "payment", "inventory", "notification"]) {
            assert.ok(names.includes(user), user);
        }
        const secrets = Object.values(inputsOf(resources, "kubernetes:core/v1:Secret"));
        assert.deepEqual(
            secrets.filter(({ metadata: own }) => (own as { namespace?: string }).namespace === "messaging"),
            [],
        );
    });
});
