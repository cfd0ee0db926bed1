import type { GoodExample, Mistake } from "../../config/stack-file";

/** metrics-server. */
export const addonsMistakes: readonly Mistake[] = [
    {
        what: "prod that does not verify kubelets",
        base: "prod/existing",
        set: { "existing.metricsServer": "install-insecure" },
        line: 'ecommerce-platform:existing.metricsServer: "install-insecure" does not verify kubelets, so that any host can send metrics to prod\'s autoscalers; give install or present',
    },
    {
        what: "metrics-server of no kind",
        base: "dev/existing",
        set: { "existing.metricsServer": true },
        line: "ecommerce-platform:existing.metricsServer: true is not valid; give one of install, install-insecure, present",
    },
];

/** Valid boundary values of each rule; the next invalid ones are among the mistakes. */
export const addonsGood: readonly GoodExample[] = [
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
