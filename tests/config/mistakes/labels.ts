import type { GoodExample, Mistake } from "../stack-file";

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
    { what: "a label of letters, digits and dashes", base: "prod/gcp", set: { "labels.cost-center_2": "4711" } },
];
