import assert from "node:assert/strict";

import { declareMessaging } from "../../../components/messaging/declare";
import type { PodGroup } from "../../../components/layer";
import { configOf } from "../layers";

const namespace = "messaging";
const pool = (name: string) => ({ namespace, labels: { "strimzi.io/cluster": "shop", "strimzi.io/pool-name": name } });
const named = (name: string) => ({ namespace, labels: { "strimzi.io/cluster": "shop", "strimzi.io/name": name } });
const operator = { namespace, labels: { name: "strimzi-cluster-operator", "strimzi.io/kind": "cluster-operator" } };
const at = (pods: object, port: number) => ({ pods, port });

const [broker, controller] = [pool("broker"), pool("controller")];
const entity = named("shop-entity-operator");
const exporter = named("shop-kafka-exporter");

const view = ({ name, count, callers, calls }: PodGroup) => ({
    name,
    pods: count.max,
    surge: count.surge,
    callers,
    calls,
});

const single = [
    {
        name: "shop-entity-operator",
        pods: 1,
        surge: 1,
        callers: [{ metrics: 8080 }, { metrics: 8081 }],
        calls: ["dns", "api-server", at(broker, 9091)],
    },
    {
        name: "shop-kafka-exporter",
        pods: 1,
        surge: 1,
        callers: [{ metrics: 9404 }],
        calls: ["dns", at(broker, 9091)],
    },
];

describe("the declaration of Kafka (MQ-01, NW-05)", () => {
    it("connects brokers, controllers and operators in prod as Strimzi does, and the callers to the brokers only", () => {
        const { pods = [], stores } = declareMessaging(configOf("gcp", "prod"));
        assert.deepEqual(pods.map(view), [
            {
                name: "strimzi-operator",
                pods: 2,
                surge: 1,
                callers: [{ metrics: 8080 }],
                calls: [
                    "dns",
                    "api-server",
                    at(broker, 9091),
                    at(broker, 8443),
                    at(controller, 9090),
                    at(controller, 8443),
                ],
            },
            {
                name: "shop-broker",
                pods: 3,
                surge: 0,
                callers: [
                    { callersOf: "kafka" },
                    { metrics: 9404 },
                    at(broker, 9091),
                    at(operator, 9091),
                    at(operator, 8443),
                    at(entity, 9091),
                    at(exporter, 9091),
                ],
                calls: ["dns", "api-server", at(broker, 9091), at(controller, 9090)],
            },
            {
                name: "shop-controller",
                pods: 3,
                surge: 0,
                callers: [
                    { metrics: 9404 },
                    at(broker, 9090),
                    at(controller, 9090),
                    at(operator, 9090),
                    at(operator, 8443),
                ],
                calls: ["dns", "api-server", at(controller, 9090)],
            },
            ...single,
        ]);
        assert.deepEqual(stores, {
            kafka: {
                kind: "cluster",
                namespace,
                service: "shop-kafka-bootstrap",
                port: 9093,
                podLabels: broker.labels,
            },
        });
    });

    it("opens the controllers' port of brokers that are controllers too", () => {
        const { pods = [] } = declareMessaging(configOf("aws", "staging"));
        assert.deepEqual(pods.map(view), [
            {
                name: "strimzi-operator",
                pods: 2,
                surge: 1,
                callers: [{ metrics: 8080 }],
                calls: ["dns", "api-server", at(broker, 9091), at(broker, 8443), at(broker, 9090)],
            },
            {
                name: "shop-broker",
                pods: 3,
                surge: 0,
                callers: [
                    { callersOf: "kafka" },
                    { metrics: 9404 },
                    at(broker, 9091),
                    at(broker, 9090),
                    at(operator, 9091),
                    at(operator, 8443),
                    at(operator, 9090),
                    at(entity, 9091),
                    at(exporter, 9091),
                ],
                calls: ["dns", "api-server", at(broker, 9091), at(broker, 9090)],
            },
            ...single,
        ]);
    });

    it("counts the requests of each pod, in the pool of the namespace", () => {
        const rows = (profile: "standard" | "compact") =>
            declareMessaging(configOf("gcp", "dev", { nodePools: { profile } })).pods?.map(
                ({ name, pool: home, resources: { requests } }) => [name, home, requests.cpu, requests.memory],
            );
        const figures = [
            ["strimzi-operator", "100m", "384Mi"],
            ["shop-broker", "100m", "1Gi"],
            ["shop-entity-operator", "100m", "512Mi"],
            ["shop-kafka-exporter", "25m", "64Mi"],
        ];
        const on = (home: string) => figures.map(([name, cpu, memory]) => [name, home, cpu, memory]);
        assert.deepEqual(rows("standard"), on("app"));
        assert.deepEqual(rows("compact"), on("data"));
    });

    it("is the operator alone in a replica (CL-18)", () => {
        const config = { ...configOf("gcp", "prod"), role: "replica" as const };
        assert.deepEqual(
            declareMessaging(config).pods?.map(({ name }) => name),
            ["strimzi-operator"],
        );
    });
});
