import assert from "node:assert/strict";

import type { Kafka, Producer } from "kafkajs";

import { eventually } from "../../cluster/control-plane/wait";
import { TestKafka } from "./cluster";

const topic = "orders.created";
const total = 2000;
/** The broker dies when this many orders are acknowledged. */
const killAfter = 500;
/** Producers that write at the same time. */
const lanes = 8;

/** The orders that were acknowledged, and why others were not. */
interface Placed {
    readonly acknowledged: ReadonlySet<string>;
    readonly errors: readonly string[];
}

async function connectProducer(kafka: Kafka): Promise<Producer> {
    const producer = kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        // Longer than the brokers need to find new leaders on a busy machine.
        retry: { retries: 60, initialRetryTime: 100, maxRetryTime: 2000 },
    });
    await producer.connect();
    return producer;
}

/**
 * Writes orders one after the other in several lanes, each with its own producer: after a failed request, kafkajs gives its
 * sequence number to the next message (producer/sendMessages.js). If the dead broker had passed the request on to its
 * followers, the new leader acknowledges another message of that number as a duplicate and drops it
 * (https://github.com/tulios/kafkajs/issues/1005). A lane repeats the same order instead, and no longer uses a producer that
 * has failed for good.
 */
async function placeOrders(kafka: Kafka, onAcknowledged: (count: number) => void): Promise<Placed> {
    const acknowledged = new Set<string>();
    const errors: string[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
        let producer = await connectProducer(kafka);
        for (let id = `order-${next++}`; next <= total; id = `order-${next++}`) {
            try {
                await producer.send({ topic, acks: -1, messages: [{ key: id, value: id }] });
                acknowledged.add(id);
                onAcknowledged(acknowledged.size);
            } catch (error) {
                // Not acknowledged: the service tells its customer so, or tries again.
                errors.push(String(error));
                await producer.disconnect();
                producer = await connectProducer(kafka);
            }
        }
        await producer.disconnect();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return { acknowledged, errors };
}

/** Ids that a consumer finds, up to the end that each partition has now. */
async function readOrders(kafka: TestKafka): Promise<ReadonlySet<string>> {
    const admin = await kafka.operator(2);
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const found = new Set<string>();
    const read = new Map<number, bigint>();
    const consumer = kafka.client("inventory").consumer({ groupId: "inventory" });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
        eachMessage: ({ message, partition }) => {
            found.add(message.value?.toString() ?? "");
            read.set(partition, BigInt(message.offset) + 1n);
            return Promise.resolve();
        },
    });
    try {
        await eventually(
            "all partitions read",
            () => {
                const left = ends.filter(({ partition, high }) => (read.get(partition) ?? 0n) < BigInt(high));
                return Promise.resolve(left.length === 0 ? true : undefined);
            },
            // The group's coordinator may have died too.
            { limitMs: 600_000 },
        );
    } finally {
        await consumer.disconnect();
    }
    return found;
}

describe("Kafka: a broker dies (MQ-01)", () => {
    let kafka: TestKafka;

    before(async () => {
        kafka = await TestKafka.start();
    });

    after(async () => {
        await kafka.end();
    });

    it("loses no acknowledged order, and writes go on", async () => {
        let killed: Promise<void> | undefined;
        let afterwards = 0;
        const { acknowledged, errors } = await placeOrders(kafka.client("order"), (count) => {
            if (count >= killAfter && killed === undefined) {
                killed = kafka.kill(2);
            } else if (killed !== undefined) {
                afterwards += 1;
            }
        });
        await killed;
        assert.ok(killed !== undefined, "no broker was killed");
        assert.ok(
            afterwards > total / 2,
            `${afterwards} orders acknowledged after the broker's death: ${errors.at(-1) ?? ""}`,
        );
        const found = await readOrders(kafka);
        const lost = [...acknowledged].filter((id) => !found.has(id));
        assert.deepEqual(lost, []);
        console.log(
            `      ${acknowledged.size} of ${total} orders acknowledged, ${afterwards} with two brokers, 0 lost`,
        );
    });

    it("has all copies again when the broker is back", async () => {
        await kafka.startBroker(2);
        const admin = await kafka.operator();
        await eventually("copies in sync", async () => {
            const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
            const partitions = topics.flatMap((one) => one.partitions);
            return partitions.length === 30 && partitions.every(({ isr }) => isr.length === 3) ? true : undefined;
        });
        await admin.disconnect();
    });
});
