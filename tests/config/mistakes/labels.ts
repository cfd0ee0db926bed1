import type { GoodExample, Mistake } from "../stack-file";

/** The longest name and value of a label. */
const long = "a".repeat(63);

/** Labels and tags of the user's own. */
export const labelMistakes: readonly Mistake[] = [
    {
        what: "label that is a number",
        base: "dev/gcp",
        set: { "labels.cost-center": 4711 },
        line: "ecommerce-platform:labels.cost-center: 4711 is not valid; give 1 to 63 lower-case letters, digits, - and _, in quotes where it is a number",
    },
    {
        what: "label that the platform sets",
        base: "dev/gcp",
        set: { "labels.stack": "other" },
        line: 'ecommerce-platform:labels.stack: "other" has a name that the platform uses (part-of, managed-by, stack, tier, pool, name); give another name',
    },
    {
        what: "label that AWS keeps for itself",
        base: "dev/aws",
        set: { "labels.aws-team": "shop" },
        line: 'ecommerce-platform:labels.aws-team: "shop" has a name that GCP or AWS rejects; give a letter, then up to 62 of a-z, 0-9, - and _',
    },
    {
        what: "label in capitals",
        base: "prod/gcp",
        set: { "labels.CostCenter": "shop" },
        line: 'ecommerce-platform:labels.CostCenter: "shop" has a name that GCP or AWS rejects; give a letter, then up to 62 of a-z, 0-9, - and _',
    },
    {
        what: "label that GCP keeps for itself",
        base: "dev/gcp",
        set: { "labels.goog-team": "shop" },
        line: 'ecommerce-platform:labels.goog-team: "shop" has a name that GCP or AWS rejects; give a letter, then up to 62 of a-z, 0-9, - and _',
    },
    {
        what: "label that the platform gives to nodes",
        base: "dev/gcp",
        set: { "labels.name": "x" },
        line: 'ecommerce-platform:labels.name: "x" has a name that the platform uses (part-of, managed-by, stack, tier, pool, name); give another name',
    },
    {
        what: "label with a name of 64 characters",
        base: "dev/gcp",
        set: { [`labels.${long}a`]: "x" },
        line: `ecommerce-platform:labels.${long}a: "x" has a name that GCP or AWS rejects; give a letter, then up to 62 of a-z, 0-9, - and _`,
    },
    {
        what: "label with a value of 64 characters",
        base: "dev/gcp",
        set: { "labels.team": `${long}a` },
        line: `ecommerce-platform:labels.team: "${long}a" is not valid; give 1 to 63 lower-case letters, digits, - and _, in quotes where it is a number`,
    },
    {
        what: "more labels than a volume takes",
        base: "dev/aws",
        set: { labels: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`label-${index}`, "x"])) },
        line: "ecommerce-platform:labels: 21 are too many; give up to 20",
    },
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const labelGood: readonly GoodExample[] = [
    {
        what: "as many labels as a volume takes",
        base: "dev/aws",
        set: { labels: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`label-${index}`, "x"])) },
    },
    { what: "a label as long as may be", base: "dev/gcp", set: { [`labels.${long}`]: long } },
    { what: "a label of letters, digits and dashes", base: "prod/gcp", set: { "labels.cost-center_2": "4711" } },
    { what: "a label with a cloud's prefix further on", base: "dev/aws", set: { "labels.our-aws-team": "shop" } },
];
