import type { Shipped } from "../shipped";

/** What every caller of Kafka has in its environment. It has no credentials: its certificate is its user's (MQ-01). */
export const kafkaVariables = { KAFKA_ADDRESS: "shop-kafka-bootstrap.messaging.svc.cluster.local:9093" } as const;

/** The seconds that the messages of each retry topic wait: one minute, ten, and an hour (MQ-02). */
export const kafkaDelays = "payments.retry.1m=60,payments.retry.10m=600,payments.retry.1h=3600";

const topics = [
    "user.registered",
    "product.updated",
    "stock.changed",
    "orders.created",
    "orders.status",
    "payments.completed",
    "payments.failed",
    "payments.retry.1m",
    "payments.retry.10m",
    "payments.retry.1h",
    "payments.dlq",
];
const users = ["user", "product", "order", "payment", "inventory", "notification"];
/** Reads how many messages wait, where services are autoscaled (AS-06). */
const lagReader = "keda";

/** What a caller waits for: topics and users; a replica of the stack has the operator only (CL-18). */
export function kafkaWaits({ replica, tier }: Pick<Shipped, "replica" | "tier">): string[] {
    return replica
        ? ["Release strimzi"]
        : [
              ...topics.map((topic) => `KafkaTopic messaging-access-topic-${topic}`),
              ...(tier === "dev" ? users : [...users, lagReader]).map(
                  (user) => `KafkaUser messaging-access-user-${user}`,
              ),
          ];
}
