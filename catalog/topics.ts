/** A Kafka topic (MQ-01, MQ-02). */
export interface Topic {
    readonly description: string;
    /** @default 6 */
    readonly partitions?: number;
    /** Retention in hours. @default 168 */
    readonly retentionHours?: number;
    /** Seconds after which a consumer processes a message, counted from the broker's time of its arrival. @default 0 */
    readonly delaySeconds?: number;
}

function defineTopics<Name extends string>(topics: Readonly<Record<Name, Topic>>): Readonly<Record<Name, Topic>> {
    return topics;
}

/** Every topic of the shop. Each retry delay has a topic, so that a consumer never blocks on a delayed message. */
export const topics = defineTopics({
    "user.registered": { description: "A customer signed up" },
    "product.updated": { description: "A product changed: invalidates caches" },
    "stock.changed": { description: "The stock of a product changed", partitions: 12 },
    "orders.created": { description: "An order was placed", partitions: 30 },
    "orders.status": { description: "An order reached the next step of its saga", partitions: 12 },
    "payments.completed": { description: "A payment succeeded" },
    "payments.failed": { description: "A payment failed" },
    "payments.retry.1m": { description: "Payments to retry in one minute", delaySeconds: 60 },
    "payments.retry.10m": { description: "Payments to retry in ten minutes", delaySeconds: 600 },
    "payments.retry.1h": { description: "Payments to retry in one hour", delaySeconds: 3600 },
    "payments.dlq": { description: "Payments that are not retried automatically any more", retentionHours: 720 },
});

export type TopicName = keyof typeof topics;
