import type { Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import { quantity } from "../../config/quantity";
import type { MessagingConfig, MessagingSettings } from "./config-types";

/** A check of the cluster's shape alone. */
function shapeRule(
    name: string,
    key: keyof MessagingSettings,
    mistake: (settings: MessagingSettings) => string | undefined,
): Rule<MessagingConfig> {
    const rule: Rule<MessagingConfig> = ({ config: { messaging } }): Problem[] => {
        const message = mistake(messaging);
        return message === undefined ? [] : [{ path: `messaging.${key}`, value: messaging[key], message }];
    };
    // Tests identify a rule by its name.
    return Object.defineProperty(rule, "name", { value: name });
}

const replicasFitBrokers = shapeRule("replicasFitBrokers", "replicas", ({ replicas, brokers }) =>
    replicas > brokers
        ? `is more than messaging.brokers (${brokers}), and a broker has one copy of a partition at most; ` +
          `give ${brokers} or less, or raise messaging.brokers to ${replicas}`
        : undefined,
);

const writesFitReplicas = shapeRule("writesFitReplicas", "minInSyncReplicas", ({ minInSyncReplicas, replicas }) =>
    minInSyncReplicas > replicas
        ? `is more than messaging.replicas (${replicas}), so that every write would be refused; give ${replicas} or less`
        : undefined,
);

const writesSurviveRestart = shapeRule(
    "writesSurviveRestart",
    "minInSyncReplicas",
    ({ minInSyncReplicas, replicas }) =>
        replicas > 1 && minInSyncReplicas === replicas
            ? `is equal to messaging.replicas (${replicas}): writes would stop while one broker restarts; ` +
              `give ${replicas - 1}, or raise messaging.replicas to ${replicas + 1}`
            : undefined,
);

const quorumIsOdd = shapeRule("quorumIsOdd", "controllers", ({ controllers, brokers }) => {
    const quorum = controllers === 0 ? brokers : controllers;
    if (quorum % 2 === 1) {
        return undefined;
    }
    const tolerated = quorum / 2 - 1;
    const message = `a quorum of ${quorum} tolerates the loss of ${tolerated}, as one of ${quorum - 1} does`;
    return controllers === 0
        ? `makes all ${quorum} brokers controllers: ${message}; give 1, 3 or 5 controllers`
        : `is even: ${message}; give ${controllers - 1} or ${controllers + 1}`;
});

const heapLeavesCache = shapeRule("heapLeavesCache", "heap", ({ heap, memory }) => {
    const [own, all] = [quantity(heap), quantity(memory)];
    const half = Math.floor(all / 2 / 2 ** 20);
    return own > all / 2
        ? `is ${Math.round((own / all) * 100)} % of messaging.memory (${memory}), and Kafka reads from the page cache in ` +
              `the rest; give ${half}Mi or less, or raise messaging.memory`
        : undefined;
});

const prodKeepsOrders: Rule<MessagingConfig> = ({ config: { tier, messaging } }): Problem[] => {
    const { replicas, minInSyncReplicas } = messaging;
    if (tier !== "prod") {
        return [];
    }
    const few = (key: "replicas" | "minInSyncReplicas", value: number, least: number): Problem[] =>
        value >= least
            ? []
            : [
                  {
                      path: `messaging.${key}`,
                      value,
                      message:
                          "loses acknowledged orders with one broker, or stops them while one restarts; " +
                          `give ${least} or more in prod`,
                  },
              ];
    return replicas < 3 ? few("replicas", replicas, 3) : few("minInSyncReplicas", minInSyncReplicas, 2);
};

/** The checks of the Kafka cluster's shape. */
export const messagingRules: readonly Rule<MessagingConfig>[] = [
    replicasFitBrokers,
    writesFitReplicas,
    writesSurviveRestart,
    quorumIsOdd,
    heapLeavesCache,
    prodKeepsOrders,
];
