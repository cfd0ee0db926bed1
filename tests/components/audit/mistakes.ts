import type { GoodExample, Mistake } from "../../config/stack-file";

/** Audit records. */
export const auditMistakes: readonly Mistake[] = [
    {
        what: "audit records for less than a year in prod",
        base: "prod/aws",
        set: { "audit.retentionDays": 364 },
        line: "ecommerce-platform:audit.retentionDays: 364 is less than the year that card payments require for audit records; give 365 or more in prod",
    },
    {
        what: "audit records for less than a month",
        base: "dev/gcp",
        set: { "audit.retentionDays": 29 },
        line: "ecommerce-platform:audit.retentionDays: 29 is not valid; give a whole number from 30 to 3650",
    },
    {
        what: "audit records for more than ten years",
        base: "prod/gcp",
        set: { "audit.retentionDays": 3651 },
        line: "ecommerce-platform:audit.retentionDays: 3651 is not valid; give a whole number from 30 to 3650",
    },
    {
        what: "threat detection by a word",
        base: "prod/aws",
        set: { "aws.guardDuty": "on" },
        line: 'ecommerce-platform:aws.guardDuty: "on" is not valid; give true or false',
    },
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const auditGood: readonly GoodExample[] = [
    { what: "a year of audit records", base: "prod/gcp", set: { "audit.retentionDays": 365 } },
    { what: "a month of audit records before prod", base: "staging/aws", set: { "audit.retentionDays": 30 } },
    { what: "audit records of ten years", base: "dev/gcp", set: { "audit.retentionDays": 3650 } },
    { what: "audit records that are not ours", base: "prod/existing", set: { "audit.retentionDays": 30 } },
    { what: "threats watched by the organisation", base: "prod/aws", set: { "aws.guardDuty": false } },
];
