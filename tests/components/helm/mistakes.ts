import type { GoodExample, Mistake } from "../../config/stack-file";

/** Where charts come from. */
export const helmMistakes: readonly Mistake[] = [
    ...["charts", "https://charts.example.com", "oci://registry", "oci://", "./charts/", "./my charts", ""].map(
        (source): Mistake => ({
            what: `charts from ${JSON.stringify(source)}`,
            base: "dev/gcp",
            set: { "charts.source": source },
            line: `ecommerce-platform:charts.source: ${JSON.stringify(source)} is not valid; give a folder such as ./charts, or a registry such as oci://registry.example.com/charts`,
        }),
    ),
];

/** Settings at the good edge of each rule: one step further is among the mistakes. */
export const helmGood: readonly GoodExample[] = [
    { what: "charts from a registry", base: "prod/gcp", set: { "charts.source": "oci://registry.example.com/charts" } },
    { what: "charts from a folder", base: "prod/aws", set: { "charts.source": "./charts" } },
    { what: "charts from a folder beside", base: "prod/aws", set: { "charts.source": "../charts" } },
    { what: "charts from a folder of the machine", base: "dev/gcp", set: { "charts.source": "/srv/charts" } },
];
