import assert from "node:assert/strict";

import { settingsOf } from "../../../components/messaging/settings";
import { configOf, declaredOf } from "../layers";

describe("what Kafka's callers are told (MQ-02)", () => {
    const callers = declaredOf(configOf("gcp", "prod")).graph.storeCallers("kafka");

    it("is their consumer group, and the delays of the retry topics that they read", () => {
        assert.deepEqual(Object.fromEntries(callers.map((caller) => [caller.workload, settingsOf(caller)])), {
            user: {},
            product: { GROUP: "product" },
            order: { GROUP: "order" },
            payment: {
                GROUP: "payment",
                DELAYS: "payments.retry.1m=60,payments.retry.10m=600,payments.retry.1h=3600",
            },
            inventory: { GROUP: "inventory" },
            notification: { GROUP: "notification" },
        });
    });

    it("is nothing for a workload that does not call it", () => {
        assert.deepEqual(settingsOf(undefined), {});
    });
});
