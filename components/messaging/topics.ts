import type { Topic } from "../../catalog/topics";
import type { KafkaTopic } from "../../custom-resources/types/kafka.strimzi.io/KafkaTopic";
import type { MessagingSettings } from "./config-types";

/** A week: how long a consumer may be down (catalog/topics.ts). */
const defaultRetentionHours = 168;
const defaultPartitions = 6;

/** The resource of a topic without its metadata (MQ-01, MQ-02). */
export function topicSpec(
    topic: Topic,
    { replicas, minInSyncReplicas }: Pick<MessagingSettings, "replicas" | "minInSyncReplicas">,
): Required<Omit<KafkaTopic["spec"], "topicName">> {
    const { partitions = defaultPartitions, retentionHours = defaultRetentionHours, delaySeconds } = topic;
    return {
        partitions,
        replicas,
        config: {
            "cleanup.policy": "delete",
            "retention.ms": retentionHours * 3_600_000,
            "min.insync.replicas": minInSyncReplicas,
            // A delay counts from the broker's clock, not from the producer's.
            ...(delaySeconds === undefined ? {} : { "message.timestamp.type": "LogAppendTime" }),
        },
    };
}
