import type { GoodExample, Mistake } from "../../config/stack-file";

const key = "ecommerce-platform:messaging";

/** Shape of the Kafka cluster. */
export const messagingMistakes: readonly Mistake[] = [
    {
        what: "more copies than brokers",
        base: "prod/gcp",
        set: { "messaging.replicas": 4 },
        line: `${key}.replicas: 4 is more than messaging.brokers (3), and a broker has one copy of a partition at most; give 3 or less, or raise messaging.brokers to 4`,
    },
    {
        what: "writes that wait for more copies than there are",
        base: "staging/aws",
        set: { "messaging.minInSyncReplicas": 4 },
        line: `${key}.minInSyncReplicas: 4 is more than messaging.replicas (3), so that every write would be refused; give 3 or less`,
    },
    {
        what: "writes that wait for every copy",
        base: "prod/gcp",
        set: { "messaging.minInSyncReplicas": 3 },
        line: `${key}.minInSyncReplicas: 3 is equal to messaging.replicas (3): writes would stop while one broker restarts; give 2, or raise messaging.replicas to 4`,
    },
    {
        what: "an even number of controllers",
        base: "prod/aws",
        set: { "messaging.controllers": 4 },
        line: `${key}.controllers: 4 is even: a quorum of 4 tolerates the loss of 1, as one of 3 does; give 3 or 5`,
    },
    {
        what: "an even number of brokers that are controllers",
        base: "staging/gcp",
        set: { "messaging.brokers": 4 },
        line: `${key}.controllers: 0 makes all 4 brokers controllers: a quorum of 4 tolerates the loss of 1, as one of 3 does; give 1, 3 or 5 controllers`,
    },
    {
        what: "a heap that leaves no room for the page cache",
        base: "prod/gcp",
        set: { "messaging.heap": "3Gi" },
        line: `${key}.heap: "3Gi" is 75 % of messaging.memory (4Gi), and Kafka reads from the page cache in the rest; give 2048Mi or less, or raise messaging.memory`,
    },
    {
        what: "prod with two copies",
        base: "prod/existing",
        set: { "messaging.replicas": 2, "messaging.minInSyncReplicas": 1 },
        line: `${key}.replicas: 2 loses acknowledged orders with one broker, or stops them while one restarts; give 3 or more in prod`,
    },
    {
        what: "prod that acknowledges one copy",
        base: "prod/gcp",
        set: { "messaging.minInSyncReplicas": 1 },
        line: `${key}.minInSyncReplicas: 1 loses acknowledged orders with one broker, or stops them while one restarts; give 2 or more in prod`,
    },
    {
        what: "memory without a unit",
        base: "dev/gcp",
        set: { "messaging.memory": "2000" },
        line: `${key}.memory: "2000" is not valid; give a quantity above 0 with Mi or Gi, such as "2Gi"`,
    },
    {
        what: "no broker",
        base: "dev/existing",
        set: { "messaging.brokers": 0 },
        line: `${key}.brokers: 0 is not valid; give a whole number from 1 to 15`,
    },
];

/** Shapes at the bounds of the rules. */
export const messagingGood: readonly GoodExample[] = [
    {
        what: "five brokers with four copies",
        base: "prod/gcp",
        set: { "messaging.brokers": 5, "messaging.replicas": 4 },
    },
    {
        what: "half of the memory as heap",
        base: "prod/aws",
        set: { "messaging.memory": "8Gi", "messaging.heap": "4Gi" },
    },
    {
        what: "four brokers with three controllers",
        base: "staging/gcp",
        set: { "messaging.brokers": 4, "messaging.controllers": 3 },
    },
];
