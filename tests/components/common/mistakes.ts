import type { GoodExample, Mistake } from "../../config/stack-file";

/** Requests, limits and spread of pods. */
export const commonMistakes: readonly Mistake[] = [
    {
        what: "nothing in place of a section",
        base: "dev/gcp",
        set: { scheduling: null },
        line: "ecommerce-platform:scheduling: null is not valid; give an object with spread",
    },
    {
        what: "a word in place of a flag",
        base: "prod/aws",
        set: { "data.keepOnDestroy": "yes" },
        line: 'ecommerce-platform:data.keepOnDestroy: "yes" is not valid; give true or false',
    },
    {
        what: "unknown word",
        base: "dev/gcp",
        set: { "scheduling.spread": "strict" },
        line: 'ecommerce-platform:scheduling.spread: "strict" is not valid; give one of required, preferred',
    },
    {
        what: "prod that may crowd a zone",
        base: "prod/gcp",
        set: { "scheduling.spread": "preferred" },
        line: 'ecommerce-platform:scheduling.spread: "preferred" lets all replicas share a zone; give required in prod',
    },
    {
        what: "CPU request over the limit",
        base: "prod/gcp",
        set: { "resources.cpuRequest": "2500m" },
        line: 'ecommerce-platform:resources.cpuRequest: "2500m" is more than resources.cpuLimit (2); give 2 or less, or raise the limit',
    },
    {
        what: "CPU limit under the tier's request",
        base: "prod/gcp",
        set: { "resources.cpuLimit": "250m" },
        line: 'ecommerce-platform:resources.cpuRequest: "500m" is more than resources.cpuLimit (250m); give 250m or less, or raise the limit',
    },
    {
        what: "memory request over the limit",
        base: "dev/gcp",
        set: { "resources.memoryRequest": "1Gi" },
        line: 'ecommerce-platform:resources.memoryRequest: "1Gi" is more than resources.memoryLimit (512Mi); give 512Mi or less, or raise the limit',
    },
    {
        what: "CPU as a number",
        base: "dev/gcp",
        set: { "resources.cpuLimit": 2 },
        line: 'ecommerce-platform:resources.cpuLimit: 2 is not valid; give a quantity above 0 in quotes, such as "500m" or "2"',
    },
    {
        what: "CPU in a unit of memory",
        base: "dev/gcp",
        set: { "resources.cpuRequest": "100Mi" },
        line: 'ecommerce-platform:resources.cpuRequest: "100Mi" is not valid; give a quantity above 0 in quotes, such as "500m" or "2"',
    },
    {
        what: "CPU of nothing",
        base: "dev/gcp",
        set: { "resources.cpuRequest": "0m" },
        line: 'ecommerce-platform:resources.cpuRequest: "0m" is not valid; give a quantity above 0 in quotes, such as "500m" or "2"',
    },
    {
        what: "memory without a unit",
        base: "dev/gcp",
        set: { "resources.memoryLimit": "512" },
        line: 'ecommerce-platform:resources.memoryLimit: "512" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
    },
    {
        what: "memory in a decimal unit",
        base: "dev/gcp",
        set: { "resources.memoryLimit": "512MB" },
        line: 'ecommerce-platform:resources.memoryLimit: "512MB" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
    },
    {
        what: "memory in millibytes",
        base: "dev/gcp",
        set: { "resources.memoryRequest": "256m" },
        line: 'ecommerce-platform:resources.memoryRequest: "256m" is not valid; give a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
    },
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const commonGood: readonly GoodExample[] = [
    { what: "looser spread before prod", base: "staging/gcp", set: { "scheduling.spread": "preferred" } },
    { what: "a request as large as the limit", base: "prod/gcp", set: { "resources.cpuRequest": "2000m" } },
    { what: "memory in another unit", base: "prod/gcp", set: { "resources.memoryRequest": "2048Mi" } },
];
