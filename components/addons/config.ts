import { oneOf } from "../../config/fields";
import { configPart, defaultOn, type Rule, ruleOn } from "../../config/part";

const metricsServers = ["install", "install-insecure", "present"] as const;

/** The configuration of the add-ons. */
export interface AddonsConfig {
    readonly existing: { readonly metricsServer: (typeof metricsServers)[number] };
}

const prodVerifiesKubelets: Rule<AddonsConfig> = ({ config: { tier, existing } }) => {
    const message =
        "does not verify kubelets, so that any host can send metrics to prod's autoscalers; give install or present";
    return tier === "prod" && existing.metricsServer === "install-insecure"
        ? [{ path: "existing.metricsServer", value: existing.metricsServer, message }]
        : [];
};

/** The add-ons' keys. */
export const addonsConfig = configPart({
    name: "addons",
    shape: {},
    groups: {
        existing: {
            metricsServer: oneOf(
                "Source of the autoscalers' metrics: `install` installs metrics-server, `install-insecure` one that does not verify kubelets (kind, minikube), `present` uses the cluster's own",
                metricsServers,
            ).optional(),
        },
    },
    resolve: ({ existing }): AddonsConfig => ({
        existing: { metricsServer: existing?.metricsServer ?? "install" },
    }),
    rules: [ruleOn(["existing"], prodVerifiesKubelets)],
    defaults: {
        "existing.metricsServer": defaultOn(["existing"], ({ existing }: AddonsConfig) => existing.metricsServer),
    },
});
