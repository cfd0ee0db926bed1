import assert from "node:assert/strict";

import { PrometheusRules, type RuleGroup } from "../../../components/common/prometheus-rules";
import { planned } from "../layers";

const groups: readonly RuleGroup[] = [
    {
        name: "queues",
        rules: [
            { record: "queue:length:max", expr: "max(queue_length)" },
            { record: "queue:age_seconds:max", expr: "max(queue_age_seconds)", labels: { kind: "oldest" } },
            {
                alert: "QueueLong",
                expr: "queue:length:max > 100",
                for: "10m",
                severity: "critical",
                labels: { queue: "orders", severity: "none" },
                summary: "More than 100 messages wait",
                runbook: "queue-long",
            },
        ],
    },
];

describe("the rules of a layer (OB-06)", () => {
    it("are one object with the groups in order; an alert has severity, layer and runbook", async () => {
        const resources = await planned(
            () =>
                new PrometheusRules("queue-rules", {
                    component: "queue",
                    ruleName: "queues",
                    namespace: "data",
                    groups,
                    needs: [],
                }),
        );
        assert.deepEqual(
            resources.map(({ type, name }) => `${type} ${name}`),
            [
                "kubernetes:monitoring.coreos.com/v1:PrometheusRule queue-rules",
                "shop:common:PrometheusRules queue-rules",
            ],
        );
        assert.deepEqual(resources[0]!.inputs, {
            apiVersion: "monitoring.coreos.com/v1",
            kind: "PrometheusRule",
            metadata: {
                name: "queues",
                namespace: "data",
                labels: {
                    "app.kubernetes.io/component": "queue",
                    "app.kubernetes.io/instance": "queues",
                    "app.kubernetes.io/managed-by": "pulumi",
                    "app.kubernetes.io/name": "queues",
                    "app.kubernetes.io/part-of": "ecommerce-platform",
                },
            },
            spec: {
                groups: [
                    {
                        name: "queues",
                        rules: [
                            { record: "queue:length:max", expr: "max(queue_length)" },
                            {
                                record: "queue:age_seconds:max",
                                expr: "max(queue_age_seconds)",
                                labels: { kind: "oldest" },
                            },
                            {
                                alert: "QueueLong",
                                expr: "queue:length:max > 100",
                                for: "10m",
                                labels: { queue: "orders", severity: "critical", component: "queue" },
                                annotations: {
                                    summary: "More than 100 messages wait",
                                    runbook: "docs/runbooks/queue-long.md",
                                },
                            },
                        ],
                    },
                ],
            },
        });
    });
});
