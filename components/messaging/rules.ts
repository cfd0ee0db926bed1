import type { TopicName } from "../../catalog/topics";
import type { RuleGroup } from "../common/prometheus-rules";

const deadLetters: TopicName = "payments.dlq";

/**
 * Payments that are not retried any more (MQ-02). The metric's name is read in kafka_exporter, exporter.go, which is in Strimzi's
 * image.
 */
export const messagingRuleGroups: readonly RuleGroup[] = [
    {
        name: "payments",
        rules: [
            {
                alert: "PaymentsDeadLettered",
                expr: `sum(increase(kafka_topic_partition_current_offset{topic="${deadLetters}"}[15m])) > 0`,
                for: "1m",
                severity: "warning",
                summary: `Payments are in ${deadLetters}: they failed for more than an hour`,
                runbook: "dead-letters",
            },
        ],
    },
];
