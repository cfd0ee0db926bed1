import { queuesOf } from "../common/queues";
import type { Layer } from "../layer";
import { messagingConfig } from "./config";
import { createMessaging, type MessagingNeeds } from "./create";
import { declareMessaging } from "./declare";
import type { LayerConfig } from "./layer-config";
import type { Messaging } from "./types";

/** Kafka for orders and payments (MQ-01, MQ-02). */
export const messaging: Layer<"messaging", LayerConfig, MessagingNeeds, Messaging, typeof messagingConfig> = {
    name: "messaging",
    config: messagingConfig,
    declare: ({ config, workloads }) => declareMessaging(config, queuesOf(config, workloads)),
    create: createMessaging,
    storesOf: (stores) => stores,
};
