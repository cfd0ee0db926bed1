import type { Consumer, Kafka } from "kafkajs";

/** Result of an attempt: what it did, or Kafka's name of the refusal. */
export type Outcome = "done" | (string & {});

/** Outcome for a group whose coordinator the client may not look up. */
export const noGroup = "no group";

interface KafkaError {
    readonly name?: string;
    /** Kafka's name of an error of its protocol. */
    readonly type?: string;
    readonly message?: string;
    readonly cause?: unknown;
}

function refusal(error: unknown): Outcome {
    let current = error as KafkaError | undefined;
    // kafkajs wraps Kafka's error in others.
    while (current?.type === undefined && current?.cause !== undefined) {
        current = current.cause as KafkaError;
    }
    // kafkajs drops the error of a group that the client may not see (cluster/brokerPool.js).
    return (
        current?.type ??
        (current?.name === "KafkaJSGroupCoordinatorNotFound" ? noGroup : `unexpected: ${current?.message ?? ""}`)
    );
}

/** Time for the coordinators of groups and the leaders of partitions to be where clients look for them. */
const settleMs = 60_000;

/**
 * The outcome of an attempt that the brokers have decided: it succeeded, a right is missing, or the group's coordinator is not
 * found twice. Other errors, such as of a coordinator that moves, are those of a moment.
 */
async function decided(attempt: () => Promise<Outcome>): Promise<Outcome> {
    const deadline = Date.now() + settleMs;
    for (let last: Outcome | undefined; ;) {
        const outcome = await attempt();
        const final = outcome === "done" || outcome.endsWith("_AUTHORIZATION_FAILED");
        if (final || (outcome === noGroup && last === noGroup) || Date.now() > deadline) {
            return outcome;
        }
        last = outcome;
    }
}

/**
 * Writes one message with every copy acknowledged.
 *
 * @param idempotent what a client that may write to no topic is refused before it names one (KIP-679)
 */
export function tryWrite(kafka: Kafka, topic: string, idempotent = true): Promise<Outcome> {
    return decided(() => writeOnce(kafka, topic, idempotent));
}

/** As {@link tryWrite}, for a client that no broker decides on because its handshake ends. */
export async function writeOnce(kafka: Kafka, topic: string, idempotent: boolean): Promise<Outcome> {
    const producer = kafka.producer({
        idempotent,
        maxInFlightRequests: 1,
        retry: { retries: 2, initialRetryTime: 50 },
    });
    try {
        await producer.connect();
        await producer.send({ topic, acks: -1, messages: [{ key: "attempt", value: "attempt" }] });
        return "done";
    } catch (error) {
        return refusal(error);
    } finally {
        await producer.disconnect();
    }
}

/** Reads the first message of a topic in a group. */
export function tryRead(kafka: Kafka, groupId: string, topic: string): Promise<Outcome> {
    return decided(() => readOnce(kafka, groupId, topic));
}

async function readOnce(kafka: Kafka, groupId: string, topic: string): Promise<Outcome> {
    const consumer = kafka.consumer({
        groupId,
        retry: { retries: 4, initialRetryTime: 100 },
        maxWaitTimeInMs: 100,
        heartbeatInterval: 500,
    });
    try {
        await consumer.connect();
        return await firstEvent(consumer, topic);
    } catch (error) {
        return refusal(error);
    } finally {
        await consumer.disconnect();
    }
}

/** The first message, or the error that ends the consumer. */
async function firstEvent(consumer: Consumer, topic: string): Promise<Outcome> {
    await consumer.subscribe({ topic, fromBeginning: true });
    return new Promise<Outcome>((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => {
            resolve(refusal(payload.error));
        });
        consumer
            .run({
                autoCommit: false,
                eachMessage: () => {
                    resolve("done");
                    return Promise.resolve();
                },
            })
            .catch(reject);
    });
}
