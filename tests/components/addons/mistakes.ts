import type { GoodExample, Mistake } from "../../config/stack-file";

/** Charts and metrics-server. */
export const addonsMistakes: readonly Mistake[] = [
    {
        what: "prod that does not verify kubelets",
        base: "prod/existing",
        set: { "existing.metricsServer": "install-insecure" },
        line: 'ecommerce-platform:existing.metricsServer: "install-insecure" does not verify kubelets, so that any host can change what prod\'s autoscalers measure; give install or present',
    },
    {
        what: "metrics-server of no kind",
        base: "dev/existing",
        set: { "existing.metricsServer": true },
        line: "ecommerce-platform:existing.metricsServer: true is not valid; give one of install, install-insecure, present",
    },
    ...["charts", "https://charts.example.com", "oci://registry", "oci://", "./charts/", "./my charts", ""].map(
        (source): Mistake => ({
            what: `charts from ${JSON.stringify(source)}`,
            base: "dev/gcp",
            set: { "charts.source": source },
            line: `ecommerce-platform:charts.source: ${JSON.stringify(source)} is not valid; give a folder such as ./charts, or a registry such as oci://registry.example.com/charts`,
        }),
    ),
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const addonsGood: readonly GoodExample[] = [
    { what: "charts from a registry", base: "prod/gcp", set: { "charts.source": "oci://registry.example.com/charts" } },
    { what: "charts from a folder", base: "prod/aws", set: { "charts.source": "./charts" } },
    { what: "charts from a folder beside", base: "prod/aws", set: { "charts.source": "../charts" } },
    { what: "charts from a folder of the machine", base: "dev/gcp", set: { "charts.source": "/srv/charts" } },
    { what: "a metrics-server that is there", base: "prod/existing", set: { "existing.metricsServer": "present" } },
    {
        what: "unsigned kubelets before prod",
        base: "dev/existing",
        set: { "existing.metricsServer": "install-insecure" },
    },
    {
        what: "unsigned kubelets that are not there",
        base: "prod/gcp",
        set: { "existing.metricsServer": "install-insecure" },
    },
];
