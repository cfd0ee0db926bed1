import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import type { Kafka } from "kafkajs";

import { workloads } from "../../../catalog/workloads";
import { sharedPlan } from "../../stacks/plans";
import { eventually } from "../../cluster/control-plane/wait";
import { TestKafka } from "./cluster";

/** The rendered delays of a workload, in seconds by topic: its environment variable `KAFKA_DELAYS`. */
async function renderedDelays(workload: string): Promise<[string, number][]> {
    const { resources } = await sharedPlan("prod", "gcp");
    const deployment = resources.find(
        ({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name === workload,
    );
    const { spec } = deployment?.inputs as {
        spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
    };
    const env = spec.template.spec.containers.flatMap((container) => container.env);
    const delays = env.find(({ name }) => name === "KAFKA_DELAYS")?.value ?? "";
    return delays.split(",").map((entry): [string, number] => {
        const [topic = "", seconds] = entry.split("=");
        return [topic, Number(seconds)];
    });
}

/** Seconds of the plan in one of this suite: an hour takes six seconds. */
const speed = 600;

/** Consumes the retry topics as the payment service does: waits for the delay, tries, and passes a failure on. */
async function consumeRetries(kafka: Kafka, delays: readonly [string, number][], charge: () => boolean) {
    const steps = new Map(
        delays.map(([topic, seconds], index) => {
            const next = delays[index + 1]?.[0] ?? "payments.dlq";
            return [topic, { waitMs: (seconds * 1000) / speed, next }];
        }),
    );
    const walked: { readonly topic: string; readonly waitedMs: number }[] = [];
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const consumer = kafka.consumer({ groupId: "payment", maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [...steps.keys()], fromBeginning: true });
    await consumer.run({
        eachMessage: async ({ topic, message }) => {
            const step = steps.get(topic);
            if (step === undefined || message.key?.toString() !== "payment-1") {
                return;
            }
            // The broker's time of arrival: the topic's timestamps are of type LogAppendTime.
            const waitedMs = (): number => Date.now() - Number(message.timestamp);
            // A timer can fire up to a millisecond early by the clock.
            while (waitedMs() < step.waitMs) {
                await sleep(Math.max(1, step.waitMs - waitedMs()));
            }
            walked.push({ topic, waitedMs: waitedMs() });
            if (!charge()) {
                await producer.send({ topic: step.next, acks: -1, messages: [message] });
            }
        },
    });
    const end = async (): Promise<void> => {
        await consumer.disconnect();
        await producer.disconnect();
    };
    return { walked, end };
}

describe("Kafka: retries of a payment (MQ-02)", () => {
    let kafka: TestKafka;

    before(async () => {
        kafka = await TestKafka.start();
    });

    after(async () => {
        await kafka.end();
    });

    it("walk the retry topics with their delays to the dead-letter topic", async () => {
        const delays = await renderedDelays("payment");
        assert.deepEqual(
            delays.map(([topic]) => topic),
            workloads.payment.consumes,
        );
        const client = kafka.client("payment");
        const { walked, end } = await consumeRetries(client, delays, () => false);
        const producer = client.producer({ idempotent: true, maxInFlightRequests: 1 });
        await producer.connect();
        const [first] = delays;
        // The producer's clock is ten years off: only the broker's counts.
        const timestamp = String(Date.now() - 10 * 365 * 24 * 3_600_000);
        await producer.send({
            topic: first?.[0] ?? "",
            acks: -1,
            messages: [{ key: "payment-1", value: "12.50", timestamp }],
        });
        await producer.disconnect();

        const dead = await deadLetter(kafka);
        await end();
        assert.deepEqual(dead, "12.50");
        assert.deepEqual(
            walked.map(({ topic }) => topic),
            ["payments.retry.1m", "payments.retry.10m", "payments.retry.1h"],
        );
        for (const [index, [topic, seconds]] of delays.entries()) {
            const { waitedMs = 0 } = walked[index] ?? {};
            assert.ok(waitedMs >= (seconds * 1000) / speed && waitedMs < 120_000, `${topic}: ${waitedMs} ms`);
        }
    });
});

/** The payment in the dead-letter topic, which no workload reads: an operator does. */
async function deadLetter(kafka: TestKafka): Promise<string> {
    let found: string | undefined;
    const consumer = kafka.operatorClient().consumer({ groupId: "operator", maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topic: "payments.dlq", fromBeginning: true });
    await consumer.run({
        eachMessage: ({ message }) => {
            found = message.key?.toString() === "payment-1" ? message.value?.toString() : found;
            return Promise.resolve();
        },
    });
    try {
        return await eventually("the payment in the dead-letter topic", () => Promise.resolve(found));
    } finally {
        await consumer.disconnect();
    }
}
