import assert from "node:assert/strict";

import { plannedGroups, testRules } from "./promtool";

describe("the rules of Kafka (MQ-02)", () => {
    it("report a payment that is not retried any more, until none has come for a quarter of an hour", async () => {
        const groups = (await plannedGroups("prod", "gcp"))["kafka"] ?? [];
        const topic = (name: string, values: string) => ({
            series: `kafka_topic_partition_current_offset{topic="${name}",partition="0"}`,
            values,
        });
        const alert = "PaymentsDeadLettered";
        const fires = {
            labels: { component: "messaging", severity: "warning" },
            annotations: {
                summary: "Payments are in payments.dlq: they failed for more than an hour",
                runbook: "docs/runbooks/dead-letters.md",
            },
        };
        const tests = [
            {
                name: "one message at minute 20",
                input: [topic("payments.dlq", "0x19 1x40")],
                alerts: [
                    { minute: 20, alert, firing: [] },
                    { minute: 21, alert, firing: [fires] },
                    { minute: 33, alert, firing: [fires] },
                    { minute: 35, alert, firing: [] },
                ],
            },
            {
                name: "messages of another topic",
                input: [topic("payments.dlq", "3x60"), topic("payments.retry.1h", "0+1x60")],
                alerts: [{ minute: 30, alert, firing: [] }],
            },
        ];
        assert.match(testRules(groups, tests), /SUCCESS\s*$/);
    });
});
