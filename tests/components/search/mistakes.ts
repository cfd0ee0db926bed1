import type { GoodExample, Mistake } from "../../config/stack-file";

const key = "ecommerce-platform:search";
const schedule = `${key}.backup.schedule:`;

/** Engine and shape of the product search. */
export const searchMistakes: readonly Mistake[] = [
    {
        what: "another engine",
        base: "prod/aws",
        set: { "search.engine": "solr" },
        line: `${key}.engine: "solr" is not valid; give one of elasticsearch, opensearch`,
    },
    {
        what: "two nodes",
        base: "staging/gcp",
        set: { "search.nodes": 2 },
        line: `${key}.nodes: 2 stops when either node does: a majority of 2 is 2; give 1, or 3 or more`,
    },
    {
        what: "one node in prod",
        base: "prod/existing",
        set: { "search.nodes": 1 },
        line: `${key}.nodes: 1 stops the product search when a node restarts; give 3 or more in prod`,
    },
    {
        what: "a heap that leaves no room for the page cache",
        base: "prod/gcp",
        set: { "search.heap": "3Gi" },
        line: `${key}.heap: "3Gi" is 75 % of search.memory (4Gi), and Lucene reads its files from the page cache in the rest; give 2048Mi or less, or raise search.memory`,
    },
    {
        what: "a heap above the bound of compressed references",
        base: "prod/gcp",
        set: { "search.memory": "80Gi", "search.heap": "32Gi" },
        line: `${key}.heap: "32Gi" is more than 31Gi, where Java's references double in size; give 31Gi or less`,
    },
    {
        what: "memory in decimal units",
        base: "dev/existing",
        set: { "search.memory": "2G" },
        line: `${key}.memory: "2G" is not valid; give a quantity above 0 with Mi or Gi, such as "4Gi"`,
    },
    {
        what: "snapshots that are kept for no day",
        base: "prod/gcp",
        set: { "search.backup.retentionDays": 0 },
        line: `${key}.backup.retentionDays: 0 is not valid; give a whole number from 1 to 365`,
    },
    {
        what: "a schedule of five fields, as a CronJob has",
        base: "prod/aws",
        set: { "search.backup.schedule": "30 3 * * *" },
        line: `${schedule} "30 3 * * *" has 5 fields, and Elasticsearch's schedules have 6 or 7, seconds first; give them, such as 0 30 3 * * ?`,
    },
    {
        what: "a schedule of one field",
        base: "prod/aws",
        set: { "search.backup.schedule": "@daily" },
        line: `${schedule} "@daily" has 1 field, and Elasticsearch's schedules have 6 or 7, seconds first; give them, such as 0 30 3 * * ?`,
    },
    {
        what: "an hour that no day has",
        base: "dev/gcp",
        set: { "search.backup.schedule": "0 30 24 * * ?" },
        line: `${schedule} "0 30 24 * * ?" has 24 as hours, which is not of 0 to 23 with , - * /; give six or seven fields, such as 0 30 3 * * ?`,
    },
    {
        what: "a form of Quartz that is not accepted",
        base: "dev/gcp",
        set: { "search.backup.schedule": "0 30 3 L * ?" },
        line: `${schedule} "0 30 3 L * ?" has L as day of month, which is not of 1 to 31 with , - * /; give six or seven fields, such as 0 30 3 * * ?`,
    },
    {
        what: "a year that has passed for Elasticsearch",
        base: "dev/gcp",
        set: { "search.backup.schedule": "0 30 3 * * ? 2100" },
        line: `${schedule} "0 30 3 * * ? 2100" has 2100 as year, which is not of 1970 to 2099 with , - * /; give six or seven fields, such as 0 30 3 * * ?`,
    },
    {
        what: "six fields of CloudNativePG, without ?",
        base: "staging/gcp",
        set: { "search.backup.schedule": "0 30 3 * * *" },
        line: `${schedule} "0 30 3 * * *" has ? for 0 of the two days, and Elasticsearch needs it for one: day of month or day of week; give it, such as 0 30 3 * * ?`,
    },
    {
        what: "? for both days",
        base: "staging/gcp",
        set: { "search.backup.schedule": "0 30 3 ? * ?" },
        line: `${schedule} "0 30 3 ? * ?" has ? for 2 of the two days, and Elasticsearch needs it for one: day of month or day of week; give it, such as 0 30 3 * * ?`,
    },
    {
        what: "a snapshot every ten minutes",
        base: "prod/gcp",
        set: { "search.backup.schedule": "0 0/10 * * * ?" },
        line: `${schedule} "0 0/10 * * * ?" starts again after 10 minutes, and Elasticsearch refuses less than 15; give fewer seconds or minutes, such as 0 30 3 * * ?`,
    },
    {
        what: "a snapshot at the end of an hour and at the start of the next",
        base: "prod/gcp",
        set: { "search.backup.schedule": "0 0,50 * * * ?" },
        line: `${schedule} "0 0,50 * * * ?" starts again after 10 minutes, and Elasticsearch refuses less than 15; give fewer seconds or minutes, such as 0 30 3 * * ?`,
    },
    {
        what: "a snapshot every second",
        base: "prod/gcp",
        set: { "search.backup.schedule": "* 30 3 * * ?" },
        line: `${schedule} "* 30 3 * * ?" starts again after less than a minute, and Elasticsearch refuses less than 15; give fewer seconds or minutes, such as 0 30 3 * * ?`,
    },
    {
        what: "snapshots without a bucket",
        base: "prod/existing",
        set: { "search.backup.retentionDays": 7 },
        line: `${key}.backup: {"retentionDays":7} has no effect: an existing cluster has no bucket for snapshots; remove the key`,
    },
];

/** Shapes at the bounds of the rules. */
export const searchGood: readonly GoodExample[] = [
    { what: "the engine by its name", base: "dev/gcp", set: { "search.engine": "elasticsearch" } },
    {
        what: "five nodes with half of the memory as heap",
        base: "prod/gcp",
        set: { "search.nodes": 5, "search.heap": "2Gi" },
    },
    { what: "the largest heap", base: "prod/aws", set: { "search.memory": "64Gi", "search.heap": "31Gi" } },
    { what: "one node in staging", base: "staging/gcp", set: { "search.nodes": 1 } },
    { what: "a snapshot a quarter of an hour", base: "prod/gcp", set: { "search.backup.schedule": "0 0/15 * * * ?" } },
    {
        what: "two snapshots a day within an hour",
        base: "prod/gcp",
        set: { "search.backup.schedule": "0 5,55 3 * * ?" },
    },
    {
        what: "a snapshot on working days of one year, by names",
        base: "prod/aws",
        set: { "search.backup.schedule": "0 30 3,15 ? JAN-DEC mon-fri 2027", "search.backup.retentionDays": 365 },
    },
    {
        what: "a snapshot on the first of a quarter",
        base: "dev/aws",
        set: { "search.backup.schedule": "30 0 0 1 1/3 ?", "search.backup.retentionDays": 1 },
    },
];
