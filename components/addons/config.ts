import { oneOf } from "../../config/fields";
import { configPart, defaultOn, type Rule, ruleOn } from "../../config/part";

const metricsServers = ["install", "install-insecure", "present"] as const;

/** What the add-ons read. */
export interface AddonsConfig {
    readonly existing: { readonly metricsServer: (typeof metricsServers)[number] };
}

const prodVerifiesKubelets: Rule<AddonsConfig> = ({ config: { tier, existing } }) => {
    const message =
        "does not verify kubelets, so that any host can change what prod's autoscalers measure; give install or present";
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
                "Where the autoscalers' figures come from: `install` creates metrics-server, `install-insecure` one that does not verify kubelets (kind, minikube), `present` says that the cluster has one",
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
