import { group, text, whole } from "../../config/fields";
import { configPart, defined } from "../../config/part";
import { memoryQuantity, quantity } from "../../config/quantity";
import type { Tier } from "../../config/schema";
import { messagingRules } from "./config-rules";
import type { MessagingConfig, MessagingSettings } from "./config-types";

export type { MessagingConfig } from "./config-types";

type Defaults = Omit<MessagingSettings, "heap">;

const tiers: Readonly<Record<Tier, Defaults>> = {
    // One node with both roles: dev loses messages with its disk, as it may (EN-01).
    dev: { brokers: 1, controllers: 0, replicas: 1, minInSyncReplicas: 1, memory: "1Gi", volumeGiB: 10 },
    // As redundant as prod, with half of the pods: each node is broker and controller (EN-02).
    staging: { brokers: 3, controllers: 0, replicas: 3, minInSyncReplicas: 2, memory: "2Gi", volumeGiB: 20 },
    // Controllers of their own: a broker under load does not delay an election (EN-03, MQ-01).
    prod: { brokers: 3, controllers: 3, replicas: 3, minInSyncReplicas: 2, memory: "4Gi", volumeGiB: 100 },
};

const memory = (description: string) =>
    text(description, /^(?!0+[MG])[0-9]+(Mi|Gi)$/, 'a quantity above 0 with Mi or Gi, such as "2Gi"');

/** The keys about Kafka. */
export const messagingConfig = configPart({
    name: "messaging",
    shape: {
        messaging: group("Kafka (MQ-01)", {
            brokers: whole("Brokers, spread over the zones", 1, 15).optional(),
            controllers: whole(
                "Controllers on nodes of their own; with 0 the brokers are controllers too",
                0,
                7,
            ).optional(),
            replicas: whole("Copies of each partition", 1, 5).optional(),
            minInSyncReplicas: whole("Copies that a write with acks=all waits for", 1, 5).optional(),
            memory: memory("Memory of each broker").optional(),
            heap: memory("Java heap of each broker").optional(),
            volumeGiB: whole("Size of each broker's volume; a volume can only grow", 1, 16_000).optional(),
        }).optional(),
    },
    tiers,
    resolve: ({ messaging }, { tier }): MessagingConfig => {
        const settings = { ...tiers[tier], ...defined(messaging) };
        return { messaging: { heap: memoryQuantity(quantity(settings.memory) / 2), ...settings } };
    },
    rules: messagingRules,
    defaults: {
        "messaging.brokers": ({ messaging }) => messaging.brokers,
        "messaging.controllers": ({ messaging }) => messaging.controllers,
        "messaging.replicas": ({ messaging }) => messaging.replicas,
        "messaging.minInSyncReplicas": ({ messaging }) => messaging.minInSyncReplicas,
        "messaging.memory": ({ messaging }) => messaging.memory,
        "messaging.heap": ({ messaging }) => messaging.heap,
        "messaging.volumeGiB": ({ messaging }) => messaging.volumeGiB,
    },
});
