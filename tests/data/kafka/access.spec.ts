import assert from "node:assert/strict";

import { topics, type TopicName } from "../../../catalog/topics";
import { workloads } from "../../../catalog/workloads";
import { noGroup, type Outcome, tryRead, tryWrite, writeOnce } from "./attempts";
import { TestAuthority } from "./authority";
import { TestKafka } from "./cluster";

/** Workloads that call Kafka, as the catalogue has them. */
const callers = Object.entries(workloads).filter(([, { calls }]) => calls.stores?.includes("kafka") === true);
const names = Object.keys(topics) as TopicName[];

describe("Kafka: producers and consumers of the catalogue, and no others (MQ-01)", function () {
    let kafka: TestKafka;

    before(async () => {
        kafka = await TestKafka.start();
    });

    after(async () => {
        await kafka.end();
    });

    it("listens on loopback only", () => {
        assert.deepEqual(
            [0, 1, 2].flatMap((id) => kafka.run.outside(`broker-${id}`)),
            [],
        );
    });

    for (const [workload, entry] of callers) {
        it(`${workload} writes to ${entry.produces?.join(", ") ?? "no topic"}, and to no other of ${names.length}`, async () => {
            const client = kafka.client(workload);
            const outcomes: Record<string, Outcome> = {};
            for (const topic of names) {
                outcomes[topic] = await tryWrite(client, topic, entry.produces !== undefined);
            }
            const expected = names.map((topic) => [
                topic,
                entry.produces?.includes(topic) === true ? "done" : "TOPIC_AUTHORIZATION_FAILED",
            ]);
            assert.deepEqual(outcomes, Object.fromEntries(expected));
        });
    }

    describe("consumers", () => {
        it("a super user reads in a group of its own: groups work", async () => {
            assert.equal(await tryRead(kafka.operatorClient(), "control", "orders.created"), "done");
        });

        for (const [workload, entry] of callers) {
            it(`${workload} reads ${entry.consumes?.join(", ") ?? "no topic"}, and no other of ${names.length}`, async () => {
                const client = kafka.client(workload);
                const outcomes: Record<string, Outcome> = {};
                for (const topic of names) {
                    outcomes[topic] = await tryRead(client, workload, topic);
                }
                const { produces = [], consumes } = entry;
                const refused = (topic: TopicName): Outcome =>
                    // A workload that reads nothing has no group; its own topics it may describe.
                    consumes === undefined && produces.includes(topic) ? noGroup : "TOPIC_AUTHORIZATION_FAILED";
                const expected = names.map((topic) => [
                    topic,
                    consumes?.includes(topic) === true ? "done" : refused(topic),
                ]);
                assert.deepEqual(outcomes, Object.fromEntries(expected));
            });
        }
    });

    it("no workload joins the group of another", async () => {
        for (const [workload, { consumes }] of callers) {
            const [topic] = consumes ?? [];
            for (const [other] of topic === undefined ? [] : callers.filter(([name]) => name !== workload)) {
                const outcome = await tryRead(kafka.client(workload), other, topic ?? "");
                assert.equal(outcome, noGroup, `${workload} in the group of ${other}`);
            }
        }
    });

    it("no workload creates or deletes a topic, changes one, or grants itself a right", async () => {
        for (const [workload] of callers) {
            const admin = kafka.client(workload).admin({ retry: { retries: 0 } });
            await admin.connect();
            await assert.rejects(admin.createTopics({ topics: [{ topic: "orders.other" }] }), workload);
            await assert.rejects(admin.deleteTopics({ topics: ["payments.dlq"] }), workload);
            await assert.rejects(
                admin.createPartitions({ topicPartitions: [{ topic: "orders.created", count: 60 }] }),
                workload,
            );
            await admin.disconnect();
        }
        const operator = await kafka.operator();
        assert.deepEqual(
            (await operator.listTopics()).filter((name) => !name.startsWith("__")).sort(),
            [...names].sort(),
        );
        await operator.disconnect();
    });

    it("a workload without a user has no right, and topics are not created by a write", async () => {
        assert.equal(await tryWrite(kafka.client("frontend"), "orders.created"), "CLUSTER_AUTHORIZATION_FAILED");
        assert.equal(await tryWrite(kafka.client("frontend"), "orders.created", false), "TOPIC_AUTHORIZATION_FAILED");
        assert.equal(await tryWrite(kafka.client("order"), "orders.misspelt"), "TOPIC_AUTHORIZATION_FAILED");
    });

    it("a certificate of another authority, or none, ends the handshake", async () => {
        const stranger = new TestAuthority(kafka.run.folder, "stranger");
        const outcome = await writeOnce(
            kafka.client("order", stranger.issue("/CN=order", "clientAuth")),
            "orders.created",
            true,
        );
        assert.match(outcome, /^unexpected: /);
        const none = await writeOnce(kafka.client("order", { cert: "", key: "" }), "orders.created", true);
        assert.match(none, /^unexpected: /);
    });
});
