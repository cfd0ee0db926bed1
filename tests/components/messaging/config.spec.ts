import assert from "node:assert/strict";

import { messagingConfig } from "../../../components/messaging/config";
import { tierNames } from "../../../config/schema";
import { describePart } from "../../config/describe-part";
import { resolvedSettings as resolved } from "../../config/stack-file";
import { messagingGood, messagingMistakes } from "./mistakes";

describePart(messagingConfig, messagingMistakes, messagingGood);

describe("the shape of Kafka", () => {
    it("is one node in dev, three in staging, and six in prod (MQ-01, EN-01 to EN-03)", () => {
        assert.deepEqual(
            tierNames.map((tier) => resolved(tier, "gcp").messaging),
            [
                {
                    brokers: 1,
                    controllers: 0,
                    replicas: 1,
                    minInSyncReplicas: 1,
                    memory: "1Gi",
                    heap: "512Mi",
                    volumeGiB: 10,
                },
                {
                    brokers: 3,
                    controllers: 0,
                    replicas: 3,
                    minInSyncReplicas: 2,
                    memory: "2Gi",
                    heap: "1Gi",
                    volumeGiB: 20,
                },
                {
                    brokers: 3,
                    controllers: 3,
                    replicas: 3,
                    minInSyncReplicas: 2,
                    memory: "4Gi",
                    heap: "2Gi",
                    volumeGiB: 100,
                },
            ],
        );
    });

    it("has half of the memory as heap, unless the stack says less", () => {
        assert.equal(resolved("prod", "aws", { "messaging.memory": "6Gi" }).messaging.heap, "3Gi");
        assert.equal(resolved("prod", "aws", { "messaging.heap": "1Gi" }).messaging.heap, "1Gi");
    });
});
