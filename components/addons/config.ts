import { checked, group, oneOf } from "../../config/fields";
import { isChartSource } from "../../config/formats";
import { configPart, defaultOn, noDefault, type Rule, ruleOn } from "../../config/part";
import type { Tier } from "../../config/schema";

const metricsServers = ["install", "install-insecure", "present"] as const;

/** What the add-ons read. */
export interface AddonsConfig {
    readonly existing: { readonly metricsServer: (typeof metricsServers)[number] };
    /** Whether workloads may be given a VerticalPodAutoscaler. */
    readonly verticalAutoscaler: boolean;
    /** Folder or `oci://` registry that every chart comes from; undefined: each from its own project. */
    readonly charts: { readonly source: string | undefined };
}

const tiers: Readonly<Record<Tier, Pick<AddonsConfig, "verticalAutoscaler">>> = {
    dev: { verticalAutoscaler: false },
    staging: { verticalAutoscaler: false },
    // Only prod's load says what a service needs (AS-09).
    prod: { verticalAutoscaler: true },
};

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
    shape: {
        charts: group("Where Helm charts come from", {
            source: checked(
                "Folder of charts, packed (as helm pull writes them) or unpacked, or an OCI registry that holds them all; without it each comes from its project",
                isChartSource,
                "a folder such as ./charts, or a registry such as oci://registry.example.com/charts",
            ).optional(),
        }).optional(),
    },
    groups: {
        existing: {
            metricsServer: oneOf(
                "Where the autoscalers' figures come from: `install` creates metrics-server, `install-insecure` one that does not verify kubelets (kind, minikube), `present` says that the cluster has one",
                metricsServers,
            ).optional(),
        },
    },
    tiers,
    resolve: ({ charts, existing }, { tier }): AddonsConfig => ({
        existing: { metricsServer: existing?.metricsServer ?? "install" },
        verticalAutoscaler: tiers[tier].verticalAutoscaler,
        charts: { source: charts?.source },
    }),
    rules: [ruleOn(["existing"], prodVerifiesKubelets)],
    defaults: {
        "charts.source": noDefault,
        "existing.metricsServer": defaultOn(["existing"], ({ existing }: AddonsConfig) => existing.metricsServer),
    },
});
