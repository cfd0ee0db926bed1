import { group, oneOf, text } from "../../config/fields";
import type { CoreConfig } from "../../config/core";
import { configPart, defined, type Rule } from "../../config/part";
import type { Problem } from "../../config/problems";
import { quantity } from "../../config/quantity";
import type { Tier } from "../../config/schema";

// Above 0: an autoscaler's target is a percentage of the request.
const quantityCpu = text(
    "CPU in cores or millicores",
    /^(?![0.]+m?$)([0-9]+m|[0-9]+(\.[0-9]+)?)$/,
    'a quantity above 0 in quotes, such as "500m" or "2"',
);
const quantityMemory = text(
    "Memory with a binary unit",
    /^(?!0+[MG])[0-9]+(Mi|Gi)$/,
    'a quantity above 0 with Mi or Gi, such as "512Mi" or "2Gi"',
);

const spreads = ["required", "preferred"] as const;

/** What several layers read: how pods are replicated, sized and spread. */
export interface CommonConfig {
    /** With an autoscaler a floor of 0 leaves the minimum replicas to the catalogue. */
    readonly replicas: { readonly autoscale: boolean; readonly floor: number };
    readonly resources: {
        readonly cpuRequest: string;
        readonly cpuLimit: string;
        readonly memoryRequest: string;
        readonly memoryLimit: string;
    };
    readonly spread: (typeof spreads)[number];
    /** Whether workloads may be given a VerticalPodAutoscaler. */
    readonly verticalAutoscaler: boolean;
}

/** The three environments side by side (EN-01 to EN-03). */
export const commonTiers: Readonly<Record<Tier, CommonConfig>> = {
    dev: {
        // One replica and no autoscaler: dev is for looking at a change, not for load (EN-01).
        replicas: { autoscale: false, floor: 1 },
        // Limits are the sources' figures; requests are what an idle service takes, so that nine of them fit three nodes.
        resources: { cpuRequest: "100m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
        // Strict spread would keep a rolling update waiting on a pool this small.
        spread: "preferred",
        verticalAutoscaler: false,
    },
    staging: {
        // Two replicas and the autoscaler on: staging has to show what scaling does (EN-02).
        replicas: { autoscale: true, floor: 2 },
        resources: { cpuRequest: "250m", cpuLimit: "1", memoryRequest: "512Mi", memoryLimit: "1Gi" },
        // As in prod: what prod's scheduler would not place has to be found here first.
        spread: "required",
        verticalAutoscaler: false,
    },
    prod: {
        // The catalogue's own minimum: three, or two for the four services that the sources give two (EN-03).
        replicas: { autoscale: true, floor: 0 },
        // 2 CPU as a request would take 26 nodes at baseline against a maximum of 20: it is the limit.
        resources: { cpuRequest: "500m", cpuLimit: "2", memoryRequest: "1Gi", memoryLimit: "2Gi" },
        spread: "required",
        // Only prod's load shows what a service needs (AS-09).
        verticalAutoscaler: true,
    },
};

/** A replica runs no pods of the shop until it is promoted (CL-18). */
export function replicasOf({ role, tier }: Pick<CoreConfig, "role" | "tier">): CommonConfig["replicas"] {
    return role === "replica" ? { autoscale: false, floor: 0 } : commonTiers[tier].replicas;
}

const requestsWithinLimits: Rule<CommonConfig> = ({ config }) =>
    (["cpu", "memory"] as const).flatMap((kind): Problem[] => {
        const request = config.resources[`${kind}Request`];
        const limit = config.resources[`${kind}Limit`];
        const message = `is more than resources.${kind}Limit (${limit}); give ${limit} or less, or raise the limit`;
        return quantity(request) > quantity(limit)
            ? [{ path: `resources.${kind}Request`, value: request, message }]
            : [];
    });

const prodSpreads: Rule<CommonConfig> = ({ config: { tier, spread } }) => {
    const message = "lets all replicas share a zone; give required in prod";
    return tier === "prod" && spread === "preferred" ? [{ path: "scheduling.spread", value: spread, message }] : [];
};

/** The keys that several layers read. */
export const commonConfig = configPart({
    name: "common",
    shape: {
        resources: group("Requests and limits of each pod of the shop", {
            cpuRequest: quantityCpu.optional(),
            cpuLimit: quantityCpu.optional(),
            memoryRequest: quantityMemory.optional(),
            memoryLimit: quantityMemory.optional(),
        }).optional(),
        scheduling: group("How strictly pods are spread", {
            spread: oneOf(
                "`required` leaves a pod pending where it would crowd a zone or a node (CL-13)",
                spreads,
            ).optional(),
        }).optional(),
    },
    tiers: commonTiers,
    resolve: ({ resources, scheduling }, core): CommonConfig => ({
        replicas: replicasOf(core),
        resources: { ...commonTiers[core.tier].resources, ...defined(resources) },
        spread: scheduling?.spread ?? commonTiers[core.tier].spread,
        verticalAutoscaler: commonTiers[core.tier].verticalAutoscaler,
    }),
    rules: [requestsWithinLimits, prodSpreads],
    defaults: {
        "resources.cpuRequest": ({ resources }) => resources.cpuRequest,
        "resources.cpuLimit": ({ resources }) => resources.cpuLimit,
        "resources.memoryRequest": ({ resources }) => resources.memoryRequest,
        "resources.memoryLimit": ({ resources }) => resources.memoryLimit,
        "scheduling.spread": ({ spread }) => spread,
    },
});
