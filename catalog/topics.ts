/** A Kafka topic (MQ-01, MQ-02). */
export interface Topic {
    readonly description: string;
    /** @default 6 */
    readonly partitions?: number;
    /** How long records are kept, in hours. @default 168 */
    readonly retentionHours?: number;
}

function defineTopics<Name extends string>(topics: Readonly<Record<Name, Topic>>): Readonly<Record<Name, Topic>> {
    return topics;
}

/** Every topic of the shop. Retries wait in the topic of their delay, so that nobody has to sleep on a message. */
export const topics = defineTopics({
    "user.registered": { description: "A customer signed up" },
    "product.updated": { description: "A product changed: caches drop it" },
    "stock.changed": { description: "The stock of an article changed", partitions: 12 },
    "orders.created": { description: "An order was placed", partitions: 30 },
    "orders.status": { description: "An order moved a step in its saga", partitions: 12 },
    "payments.completed": { description: "A payment went through" },
    "payments.failed": { description: "A payment was refused" },
    "payments.retry.1m": { description: "Payments to try again in a minute" },
    "payments.retry.10m": { description: "Payments to try again in ten minutes" },
    "payments.retry.1h": { description: "Payments to try again in an hour" },
    "payments.dlq": { description: "Payments that nobody will try again by themselves", retentionHours: 720 },
});

export type TopicName = keyof typeof topics;
